package dev.sluice.start;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

import dev.sluice.testing.RunningSluice;
import dev.sluice.testing.TestClient;
import dev.sluice.testing.TestImage;
import dev.sluice.testing.TestRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * An upstream's further headers are sent as they are written, or stop the start.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class HeaderSettingsTests {

	private static final String H = "sluice.upstreams[0].headers";

	@TempDir
	private Path directory;

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', value = {
			"['X-A: s3cret'] | [0] = '…' won't do: sluice.upstreams[0].headers is no list: each of its entries is written as a name and its value, 'X-Name: text'",
			"[{X-A: s3cret}] | [0].x-a = '…' won't do: sluice.upstreams[0].headers is no list",
			"'X-A: s3cret' |  = '…' won't do: each of its entries is written as a name and its value",
			"{X-A: [s3cret, b]} | .x-a[0] = '…' won't do: sluice.upstreams[0].headers.x-a has one text for its value, no list",
			"{X-A: {b: s3cret}} | .x-a.b = '…' won't do: sluice.upstreams[0].headers.x-a has one text for its value",
			"{X.A: s3cret} | .x.a = '…' won't do: sluice.upstreams[0].headers.x has one text for its value, no list and nothing beneath it; a name that has a dot in it is written in brackets and quotes, '[X.Name]'",
			"{X-A: s3cret, x-a: b} | .X-A and sluice.upstreams[0].headers.x-a are one setting, written twice in ",
			"{X-A: s3cret, XA: b} | .headers.XA are one setting, written twice in ",
			"{X-A: s3cret, X_A: b} | .headers.X_A are one setting, written twice in ",
			"{'[X-A]': s3cret, '[x-a]': b} | won't do: it is there twice: case makes no other header of a name" })
	void refusesWhatWouldBeSentOtherwise(String headers, String line, CapturedOutput output) throws Exception {
		assertThatException().isThrownBy(() -> start("http://a.test", headers).close());
		Stream<String> told = output.getAll().lines().filter((it) -> it.contains("Sluice can't start: "));
		assertThat(told).singleElement().asString().contains(H).contains(line);
		assertThat(output).doesNotContain("s3cret", "Exception", "\tat ");
	}

	@ParameterizedTest
	@CsvSource({ "SLUICE_UPSTREAMS_0_HEADERS_0, no list", "sluice.upstreams[0].headers[0], no list",
			"sluice.upstreams[0].headers.X-A[0], one text", "SLUICE_UPSTREAMS_0_HEADERS, a name and its value" })
	void refusesItInVariablesToo(String variable, String words, CapturedOutput output) {
		assertThatException().isThrownBy(
				() -> RunningSluice.in(Map.of("SLUICE_UPSTREAMS_0_NAME", "a.test", variable, "s3cret")).close());
		assertThat(output).contains("Sluice can't start: " + variable + " = '…' won't do: ")
			.contains(words)
			.doesNotContain("s3cret");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', value = {
			"{X Team2: s3cret} |  = 'X Team2' won't do: expected a header's name",
			"{'X:Team3': s3cret} |  = 'X:Team3' won't do: expected a header's name",
			"{X/Team4: s3cret} |  = 'X/Team4' won't do: expected a header's name", "{X-Tëam: s3cret} |  = 'X-T",
			"{'[X Team]': s3cret} |  = 'X Team' won't do: expected a header's name",
			"{X#Team: s3cret} |  = 'X#Team' won't do: a name with other signs than - and _ in it is written in brackets and quotes, '[X#Team]'" })
	void refusesANameThatWouldLoseLetters(String headers, String line, CapturedOutput output) throws Exception {
		assertThatException().isThrownBy(() -> start("http://a.test", headers).close());
		WrittenSettings.assertOneLine(output, H + " " + line);
	}

	@ParameterizedTest
	@ValueSource(strings = { "sluice.upstreams[0].headers.X Team", "sluice.default upstream", "server.po/rt",
			"management.metrics.tags.a/b" })
	void refusesItElsewhereToo(String name, CapturedOutput output) {
		assertThatException().isThrownBy(() -> RunningSluice.start(name + "=s3cret").close());
		assertThatException().isThrownBy(() -> RunningSluice.in(Map.of(name, "s3cret")).close());
		assertThat(output.getAll().lines().filter((it) -> it.contains("Sluice can't start: "))).hasSize(2)
			.allMatch((it) -> it.contains("won't do: expected a header's name")
					|| it.contains(name + ": a name has letters, digits, - and _, and others would be left out"));
		assertThat(output).doesNotContain("s3cret", "Exception");
	}

	@Test
	void sendsNamesInBracketsAsTheyAre() throws Exception {
		try (TestRegistry registry = TestRegistry.open().push("app", "1", TestImage.random());
				RunningSluice sluice = start(registry.url(), "{'[X.A]': a, '[X-B]': b, '[XB]': c, X-D: ''}");
				TestClient client = TestClient.of(sluice.uri("").toString())) {
			assertThat(client.get("/v2/a.test/app/manifests/1").statusCode()).isEqualTo(200);
			assertThat(registry.requests().last().header("X.A")).contains("a");
			assertThat(registry.requests().last().header("X-B")).contains("b");
			assertThat(registry.requests().last().header("XB")).contains("c");
		}
	}

	private RunningSluice start(String endpoint, String headers) throws Exception {
		return RunningSluice.start("sluice.config=" + Files.writeString(this.directory.resolve("s.yml"),
				"sluice:\n  upstreams:\n  - name: a.test\n    endpoints: ['" + endpoint + "']\n    headers: " + headers
						+ "\n"));
	}

}
