package dev.sluice.start;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
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
 * An environment variable that is named as a property is, as
 * {@code docker run -e sluice.default-upstream=…} gives it, does what it says, or stops
 * the start in one line.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class PropertyVariablesTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"sluice.upstreams[0].timeouts.response=30 | sluice.upstreams[0].timeouts.response = '30' won't do: its unit is missing",
			"SLUICE_UPSTREAMS[0]_TIMEOUTS_RESPONSE=30 | SLUICE_UPSTREAMS[0]_TIMEOUTS_RESPONSE = '30' won't do: its unit is missing",
			"SLUICE_UPSTREAMS[0].TIMEOUTS.RESPONSE=30 | SLUICE_UPSTREAMS[0].TIMEOUTS.RESPONSE: it has no effect with underscores and dots",
			"SLUICE_ACCESS.OPEN=true | SLUICE_ACCESS.OPEN: it has no effect with underscores and dots",
			"sluice.upstreams[0].credential.password=${NOT_SET} | sluice.upstreams[0].credential.password: nothing sets ${NOT_SET}",
			"sluice.defalt-upstream=none | sluice.defalt-upstream = 'none' won't do: there is no such property; there are access,",
			"sluice.upstreams[0].endpionts[0]=s3cret | sluice.upstreams[0].endpionts[0] = '…' won't do: there is no such property; there are aliases,",
			"sluice.upstreams.name=s3cret | sluice.upstreams.name = '…' won't do: sluice.upstreams is a list",
			"sluice.upstreams[2].name=b.test | the entries of sluice.upstreams are numbered from 0 without a gap",
			"SLUICE_UPSTREAMS_2_TLS_SKIP-VERIFY=true | the entries of sluice.upstreams are numbered from 0",
			"SLUICE_DEFALT-UPSTREAM=none | SLUICE_DEFALT-UPSTREAM = 'none' won't do: there is no such property",
			"SLUICE_HOST_NAMES[0]=s3cret | SLUICE_HOST_NAMES[0] = '…' won't do: there is no such property",
			"sluice.access=true | sluice.access = 'true' won't do: it has no value of its own",
			"sluice.max-connections=many | sluice.max-connections = 'many' won't do: expected a whole number",
			"server.prot=s3cret | server.prot: there is no such property",
			"server.netty.idle-timeout=30 | server.netty.idle-timeout = '30' won't do: its unit is missing",
			"server.ssl.key-store-password=${NOT_SET} | server.ssl.key-store-password: nothing sets ${NOT_SET}",
			"management.server.ssl.certificate=/no/such.pem | management.server.ssl.certificate = '/no/such.pem' won't do" })
	void refusesWhatAnyOtherSourceWouldBeRefusedFor(String variable, String line, CapturedOutput output) {
		Map<String, String> variables = new HashMap<>(Map.of("SLUICE_UPSTREAMS_0_NAME", "a.test"));
		int equals = variable.indexOf('=');
		variables.put(variable.substring(0, equals), variable.substring(equals + 1));
		assertThatException().isThrownBy(() -> RunningSluice.in(variables).close());
		assertOneLine(output, line);
	}

	@ParameterizedTest
	@ValueSource(strings = { "sluice.default-upstream", "sluice.defaultUpstream", "SLUICE.DEFAULT-UPSTREAM",
			"SLUICE_DEFAULT-UPSTREAM", "sluice_default-upstream", "sluice.default_upstream" })
	void takesEachFormThatHasAnEffect(String variable, CapturedOutput output) {
		assertThatException().isThrownBy(() -> RunningSluice.in(Map.of(variable, "*.evil")).close());
		assertOneLine(output, "sluice.default-upstream = '*.evil' won't do: patterns aren't taken here");
		assertThat(output).doesNotContain("set nothing");
	}

	@Test
	void takesAnUpstreamWithAHeaderWhoseNameHasDashes() throws Exception {
		try (TestRegistry registry = TestRegistry.basic("me", "0123").push("app", "1", TestImage.random());
				RunningSluice sluice = RunningSluice.in(Map.of("sluice.upstreams[0].name", "a.test",
						"sluice.upstreams[0].endpoints[0]", registry.url().toString(),
						"SLUICE_UPSTREAMS_0_CREDENTIAL_USERNAME", "me", "sluice.upstreams[0].credential.password",
						"0123", "SLUICE_UPSTREAMS_0_HEADERS_X-API-KEY", "k"));
				TestClient client = TestClient.of(sluice.uri("").toString())) {
			assertThat(client.get("/v2/a.test/app/manifests/1").statusCode()).isEqualTo(200);
			assertThat(registry.requests().all())
				.allSatisfy((request) -> assertThat(request.header("X-API-KEY")).contains("k"));
		}
	}

	@Test
	void explainsAListThatIsSplitBetweenFileAndSuchVariables(@TempDir Path directory, CapturedOutput output)
			throws Exception {
		Path file = Files.writeString(directory.resolve("s.yml"), "sluice:\n  upstreams:\n  - name: a.test\n");
		assertThatException().isThrownBy(
				() -> RunningSluice.in(Map.of("sluice.upstreams[0].name", "b.test", "sluice.config", file.toString()))
					.close());
		assertOneLine(output, "sluice.upstreams is set in environment variables (sluice.upstreams[0].name) and in "
				+ file + ": a list is taken whole from one place");
	}

	@Test
	void warnsOfOneThatIsOnlyLikeThem(CapturedOutput output) {
		try (RunningSluice _ = RunningSluice.in(Map.of("sluice-default-upstream", "s3cret"))) {
			assertThat(output).contains("set nothing, for there are no such settings: sluice-default-upstream")
				.doesNotContain("s3cret");
		}
	}

	private static void assertOneLine(CapturedOutput output, String line) {
		Stream<String> told = output.getAll().lines().filter((it) -> it.contains("Sluice can't start: "));
		assertThat(told).singleElement().asString().contains(line);
		assertThat(output).doesNotContain("s3cret", "Exception", "\tat ", "APPLICATION FAILED");
	}

}
