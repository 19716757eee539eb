package dev.sluice.start;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

import dev.sluice.SluiceApplication;
import dev.sluice.testing.RunningSluice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * What may be meant in two ways, or would silently do nothing, stops the start in one
 * line.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class AmbiguousSettingsTests {

	private static final String UPSTREAM = "sluice: {upstreams: [{name: a.test, ";

	@TempDir
	private Path directory;

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', value = {
			"sluice: {default-upstream: none, defaultUpstream: s3cret.io} | sluice.default-upstream and sluice.defaultUpstream are one setting, written twice in",
			"sluice: {default_upstream: ghcr.io, default-upstream: none} | sluice.default_upstream and sluice.default-upstream are one setting",
			"sluice: {default-upstream: none}~sluice.defaultUpstream: docker.io | sluice.default-upstream and sluice.defaultUpstream are one setting",
			UPSTREAM + "credential-host: b, credentialHost: c}]} | upstreams[0].credential-host and sluice.upstreams[0].credentialHost are one setting",
			"server: {address: 127.0.0.1, ADDRESS: 127.0.0.2} | server.address and server.ADDRESS are one setting" })
	void refusesTwoSpellingsOfOneSetting(String text, String line, CapturedOutput output) throws Exception {
		assertThatException().isThrownBy(() -> start(text).close());
		assertOneLine(output, line);
	}

	@ParameterizedTest
	@CsvSource({ "SLUICE_DEFAULT_UPSTREAM, sluice.default-upstream", "SLUICE_DEFAULT-UPSTREAM, sluice.defaultUpstream",
			"SLUICE_DEFAULTUPSTREAM, SLUICE_DEFAULT_UPSTREAM" })
	void refusesTwoVariablesForOneSetting(String first, String second, CapturedOutput output) {
		assertThatException().isThrownBy(() -> RunningSluice.in(Map.of(first, "none", second, "none")).close());
		assertOneLine(output, " are one setting, written twice in environment variables: write it once");
		assertThat(output).contains(first, second);
	}

	@Test
	void refusesAnOptionThatIsGivenTwiceUnlessItIsAList(CapturedOutput output) {
		String password = "sluice.upstreams[0].credential.password";
		SpringApplication application = new SpringApplication(SluiceApplication.class);
		assertThatException()
			.isThrownBy(() -> application.run("--" + password + "=s3cret", "--" + password + "=s3cret"));
		assertOneLine(output, password + " is given several times on the command line: give it once");
		application
			.run("--server.port=0", "--management.server.port=0", "--spring.config.import=",
					"--sluice.store.enabled=false", "--sluice.credentials.docker-config=/no/a",
					"--sluice.credentials.docker-config=/no/b")
			.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://127.0.0.1", "https://a.b", "a.b/c", "10.*", "10.0.0.0/33", "a.b:99999", "a.b.",
			"a.b|c.d", "*a.b", "bücher.example", "<local>" })
	void refusesWhatNoHostMatches(String entry, CapturedOutput output) {
		assertThatException().isThrownBy(
				() -> start(UPSTREAM + "proxy: {url: 'http://proxy.test:1', no-proxy: [ok.test, '" + entry + "']}}]}")
					.close());
		assertOneLine(output, "sluice.upstreams[0].proxy.no-proxy = '" + entry.replace("ü", "?").substring(0, 1));
		assertThat(output).contains("won't do: expected a host, a domain (.corp.example), an address,");
	}

	@Test
	void takesWhatHostsMatch() throws Exception {
		start(UPSTREAM + "proxy: {url: 'http://proxy.test:1', no-proxy: [a.b, .a.b, '*.a.b', 'a.b:80', 10.0.0.0/8,"
				+ " '10.0.0.0/8:80', 127.0.0.1, '127.0.0.1:80', '[::1]', '::1', 'fd00::/8', '[::1]:80', '*', LOCALHOST,"
				+ " my_host]}}]}")
			.close();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', value = {
			"sluice: {default-upstream: ''} | sluice.default-upstream: it is empty: write the name of a registry, or none, so",
			"sluice: {default-upstream: } | sluice.default-upstream: it is empty",
			"sluice: {defaultUpstream: '${UNSET:}'} | it is empty: write the name of a registry, or none", UPSTREAM
					+ "credential: {}}]} | sluice.upstreams[0].credential: it is empty: expected username with password,",
			"sluice: {upstreams: [{}]} | sluice.upstreams[0]: it is empty: expected 'name:' and what else the upstream has",
			"sluice:~  upstreams:~  -~  - name: a.test | sluice.upstreams[0]: it is empty",
			UPSTREAM + "credential: }]} | sluice.upstreams[0].credential: it is empty" })
	void refusesWhatIsEmptyAndMayMeanTwoThings(String text, String line, CapturedOutput output) throws Exception {
		assertThatException().isThrownBy(() -> start(text).close());
		assertOneLine(output, line);
	}

	@ParameterizedTest
	@ValueSource(strings = { "SLUICE_DEFAULT_UPSTREAM", "sluice.default-upstream", "SLUICE_UPSTREAMS_0_CREDENTIAL" })
	void refusesAnEmptyVariableThatMayMeanTwoThings(String variable, CapturedOutput output) {
		Map<String, String> variables = new HashMap<>(Map.of("SLUICE_UPSTREAMS_0_NAME", "a.test"));
		variables.put(variable, "");
		assertThatException().isThrownBy(() -> RunningSluice.in(variables).close());
		assertOneLine(output, variable + ": it is empty: ");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"sluice:~\u00a0\u00a0default-upstream: none | line 2, column 1: a blank that is no ordinary one (U+00A0), as web pages",
			"sluice:~  host-names: [b.test]~  \u00a0default-upstream: none | line 3, column 3: a blank that is no ordinary one (U+00A0)",
			"sluice:~  upstreams:~  -\u00a0name: a.test | line 3, column 3: a blank that is no ordinary one (U+00A0)",
			"sluice:~\u3000default-upstream: none | line 2, column 1: a blank that is no ordinary one (U+3000)",
			"sluice:~  default-upstream\u00a0: none | line 2, column 3: a blank",
			"sluice:~  default-upstream: \u00a0none | line 2, column 21: a blank",
			"logging: {}~\ufeffsluice: {} | line 2, column 1: a blank that is no ordinary one (U+FEFF)",
			"sluice:~\u200b  default-upstream: none | line 2, column 1: a blank that is no ordinary one (U+200B)" })
	void refusesOddBlanks(String text, String line, CapturedOutput output) throws Exception {
		assertThatException().isThrownBy(() -> start(text).close());
		assertOneLine(output, "s.yml: " + line);
	}

	@Test
	void refusesOddBlanksInAFileOfProperties(CapturedOutput output) throws Exception {
		Path file = Files.writeString(this.directory.resolve("s.properties"), "\u00a0sluice.default-upstream=none\n");
		assertThatException().isThrownBy(() -> RunningSluice.start("sluice.config=" + file).close());
		assertOneLine(output, file + ": a name has a blank that is no ordinary one (U+00A0)");
	}

	@ParameterizedTest
	@ValueSource(strings = { "slucie.default-upstream", "slice.access.open", "Slucie.x", "sluices.default-upstream",
			"luice.upstreams[0].name", "SLUICE_ACCESS.OPEN", "sluice-access.open", "access.open", "upstreams[0].name",
			"credentials.docker-config", "slucie[x]" })
	void refusesAnOptionThatIsNearlyOurs(String option, CapturedOutput output) {
		assertThatException().isThrownBy(() -> RunningSluice.start(option + "=s3cret").close());
		assertOneLine(output,
				option + " in the command line: nothing reads it; the names of Sluice's settings begin with 'sluice.'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "slucie: {default-upstream: none}", "SLUICE_DEFAULT_UPSTREAM: none", "sluice_access: {}",
			"slucie[x]: 1" })
	void refusesAKeyThatIsNearlyOurs(String text, CapturedOutput output) throws Exception {
		assertThatException().isThrownBy(() -> start("sluice: {host-names: [b.test]}\n" + text).close());
		assertOneLine(output, "s.yml: nothing reads it; the names of Sluice's settings begin with 'sluice.'");
	}

	@Test
	void takesOtherOptionsAndKeysAsTheyAre(CapturedOutput output) throws Exception {
		Path file = Files.writeString(this.directory.resolve("s.yml"),
				"x-sluice: {a: b}\nsluice-parts: {a: b}\nsluice: {host-names: ['${my.host}', '${spring.host}']}\n");
		RunningSluice.start("sluice.config=" + file, "my.host=b.test", "spring.host=c.test", "solutions.host=1")
			.close();
		assertThat(output).doesNotContain("nothing reads it");
	}

	@Test
	void refusesAVariableThatIsNearlyOursAndWarnsWhereOthersMayHaveIt(CapturedOutput output) {
		assertThatException().isThrownBy(() -> RunningSluice.in(Map.of("slucie.default-upstream", "s3cret")).close());
		assertOneLine(output, "slucie.default-upstream in environment variables: nothing reads it");
		RunningSluice.in(Map.of("SLUCIE_DEFAULT_UPSTREAM", "s3cret", "SLICE_COUNT", "1")).close();
		assertThat(output).contains("set nothing, for there are no such settings: SLUCIE_DEFAULT_UPSTREAM")
			.doesNotContain("SLICE_COUNT", "s3cret");
	}

	private RunningSluice start(String text) throws Exception {
		return RunningSluice.start(
				"sluice.config=" + Files.writeString(this.directory.resolve("s.yml"), text.replace("~", "\n") + "\n"));
	}

	private static void assertOneLine(CapturedOutput output, String line) {
		Stream<String> told = output.getAll().lines().filter((it) -> it.contains("Sluice can't start: "));
		assertThat(told).singleElement().asString().contains(line);
		assertThat(output).doesNotContain("s3cret", "Exception", "\tat ", "APPLICATION FAILED");
	}

}
