package dev.sluice.start;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

import dev.sluice.testing.RunningSluice;
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
 * Environment variables do what they say, or stop the start in one line, beside a file
 * too.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class GivenVariablesTests {

	@TempDir
	private Path directory;

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', value = {
			"SLUICE_UPSTREAMS_0_ENDPIONTS_0 | SLUICE_UPSTREAMS_0_ENDPIONTS_0: there is no such setting; in sluice.upstreams[0] there are aliases,",
			"SLUICE_UPSTREAMS_NAME | SLUICE_UPSTREAMS_NAME: there is no such setting; in sluice.upstreams the number of an entry must follow",
			"SLUICE_UPSTREAMS_0_TLS_CA | SLUICE_UPSTREAMS_0_TLS_CA: there is no such setting; in sluice.upstreams[0].tls there are certificate,",
			"SLUICE_HOST_NAMES_FIRST | SLUICE_HOST_NAMES_FIRST: there is no such setting; in sluice.host-names the number",
			"SLUICE_UPSTREAMS_1_NAME | SLUICE_UPSTREAMS_1_NAME: the entries of sluice.upstreams are numbered from 0 without a gap",
			"SLUICE_UPSTREAMS_0_HEADERS_X_API_KEY | SLUICE_UPSTREAMS_0_HEADERS_X_API_KEY: a name with a dash can't be written in a variable's",
			"SLUICE_ACCESS | SLUICE_ACCESS = '…' won't do: it has no value of its own; beneath it there are open" })
	void refusesAVariableThatLeadsIntoAListOrAMapAndToNothing(String variable, String line, CapturedOutput output) {
		assertThatException().isThrownBy(() -> RunningSluice.in(Map.of(variable, "s3cret")).close());
		WrittenSettings.assertOneLine(output, line);
	}

	@Test
	void warnsOnceOfOtherVariablesThatSetNothing(CapturedOutput output) {
		try (RunningSluice _ = RunningSluice.in(Map.of("SLUICE_DEFALT_UPSTREAM", "s3cret", "SLUICE_UPSTREAM_0_NAME",
				"s3cret", "SLUICE_CREDENTIALS_DOCKER", "s3cret", "SLUICES", "s3cret"))) {
			assertThat(output.getAll().lines().filter((line) -> line.contains("Environment variables"))).singleElement()
				.asString()
				.endsWith("set nothing, for there are no such settings: SLUICE_CREDENTIALS_DOCKER,"
						+ " SLUICE_DEFALT_UPSTREAM, SLUICE_UPSTREAM_0_NAME");
			assertThat(output).doesNotContain("s3cret");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "SLUICE_SERVICE_HOST=10.0.0.1", "SLUICE_SERVICE_HOST=fd00::1", "SLUICE_SERVICE_PORT=5050",
			"SLUICE_SERVICE_PORT_HTTP=5050", "SLUICE_PORT=tcp://10.0.0.1:5050", "SLUICE_PORT=6000",
			"SLUICE_PORT_5050_TCP=tcp://10.0.0.1:5050", "SLUICE_PORT_5050_TCP_PROTO=tcp",
			"SLUICE_PORT_5050_TCP_PORT=5050", "SLUICE_PORT_5050_TCP_ADDR=10.0.0.1",
			"SLUICE_MIRROR_PORT=tcp://10.0.0.1:5050", "SLUICE_MIRROR_PORT=udp://[fd00::1]:53",
			"SLUICE_MIRROR_PORT_5050_TCP_ADDR=10.0.0.1", "SLUICE_MIRROR_SERVICE_PORT_HTTP_API=5050",
			"SLUICE_ACCESS_OPEN_SERVICE_HOST=10.0.0.1", "SLUICE_UPSTREAMS_SERVICE_HOST=10.0.0.1",
			"SLUICE_UPSTREAMS_0_SERVICE_HOST=10.0.0.1", "SLUICE_UPSTREAMS_0_PORT=tcp://10.0.0.1:5050",
			"SLUICE_UPSTREAMS_0_PORT_53_UDP_ADDR=10.0.0.1", "SLUICE_REGISTRY_PORT_5000_TCP=tcp://10.0.0.1:5000",
			"SLUICE_IMAGE=a.test/sluice", "SLUICE_MANAGEMENT_PORT=5051", "SLUICE_DOCKER_CONFIG=/config.json",
			"SLUICE_CACHE=/cache" })
	void leavesAloneWhatKubernetesComposeAndScriptsSet(String variable, CapturedOutput output) {
		int equals = variable.indexOf('=');
		try (RunningSluice _ = RunningSluice
			.in(Map.of(variable.substring(0, equals), variable.substring(equals + 1)))) {
			assertThat(output).doesNotContain("SLUICE_");
		}
	}

	@ParameterizedTest
	@CsvSource({ "SLUICE_UPSTREAMS_0_PORT, 5000", "SLUICE_UPSTREAMS_0_PORT, tcp://a.test:5000",
			"SLUICE_UPSTREAMS_0_PROXY_PORT, 3128", "SLUICE_UPSTREAMS_0_SERVICE_HOST, a.test",
			"SLUICE_UPSTREAMS_0_SERVICE_PORT, http", "SLUICE_UPSTREAMS_0_PORT_5000_TCP_ADDR, a.test",
			"SLUICE_UPSTREAMS_0_PORT_5000_TCP_PROTO, TLS", "SLUICE_HOST_NAMES_PORT, 5000" })
	void refusesAVariableThatIsCalledAsKubernetesCallsItsOwnAndHasAnotherValue(String variable, String value,
			CapturedOutput output) {
		assertThatException().isThrownBy(() -> RunningSluice.in(Map.of(variable, value)).close());
		WrittenSettings.assertOneLine(output, variable + ": there is no such setting; in sluice.");
	}

	@Test
	void warnsOfSuchAVariableThatSetsNothing(CapturedOutput output) {
		try (RunningSluice _ = RunningSluice.in(Map.of("SLUICE_SERVER_PORT", "6000", "SLUICE_CREDENTIALS_PORT", "1",
				"SLUICE_MIRROR_SERVICE_HOST", "a.test"))) {
			assertThat(output).contains("set nothing, for there are no such settings: SLUICE_CREDENTIALS_PORT,"
					+ " SLUICE_MIRROR_SERVICE_HOST, SLUICE_SERVER_PORT");
		}
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "Sluice_Default_Upstream", "SLUICE_DEFAULT_upstream", "Sluice_Upstreams_0_Credential_Host" })
	void saysHowToWriteAVariableThatHasNoEffectInItsLetters(String variable, CapturedOutput output) {
		assertThatException().isThrownBy(
				() -> RunningSluice.in(Map.of("SLUICE_UPSTREAMS_0_NAME", "a.test", variable, "a.test")).close());
		WrittenSettings.assertOneLine(output,
				variable + ": it has no effect in these letters: write " + variable.toUpperCase(Locale.ROOT));
	}

	@ParameterizedTest
	@ValueSource(strings = { "sluice_default_upstream", "sluice_upstreams_0_name", "sluice_upstreams_0_credential_host",
			"Sluice_Access_Open" })
	void takesAVariableInOtherLettersThatHasAnEffect(String variable, CapturedOutput output) {
		String name = variable.startsWith("sluice_upstreams_0_c") ? "sluice_upstreams_0_name" : "UNUSED";
		assertThatException().isThrownBy(() -> RunningSluice.in(Map.of(name, "a.test", variable, "*.evil")).close());
		WrittenSettings.assertOneLine(output, "= '*.evil' won't do: ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "SLUICE_UPSTREAMS_0_CREDENTIALHOST", "SLUICE_UPSTREAMS_0_CREDENTIAL_HOST" })
	void takesAVariableWithAndWithoutWhatStandsForADash(String variable, CapturedOutput output) {
		assertThatException().isThrownBy(
				() -> RunningSluice.in(Map.of("SLUICE_UPSTREAMS_0_NAME", "a.test", variable, "*.test")).close());
		WrittenSettings.assertOneLine(output,
				"sluice.upstreams[0].credential-host = '*.test' won't do: patterns aren't taken here");
	}

	@Test
	void explainsAListThatIsSplitBetweenFileAndEnvironment(CapturedOutput output) throws Exception {
		Path file = WrittenSettings.file(this.directory, "sluice:\n  upstreams:\n  - name: a.test\n");
		assertThatException().isThrownBy(() -> RunningSluice
			.in(Map.of("SLUICE_UPSTREAMS_0_CREDENTIAL_PASSWORD", "s3cret", "SLUICE_CONFIG", file.toString()))
			.close());
		WrittenSettings.assertOneLine(output,
				"sluice.upstreams is set in environment variables (SLUICE_UPSTREAMS_0_CREDENTIAL_PASSWORD)" + " and in "
						+ file + ": a list is taken whole from one place");
	}

	@Test
	void warnsOfSingleValuesThatOthersHide(CapturedOutput output) throws Exception {
		Path file = WrittenSettings.file(this.directory, "sluice:\n  host-names: [a.test, b.test]\n");
		try (RunningSluice _ = RunningSluice
			.in(Map.of("SLUICE_HOST_NAMES", "c.test", "SLUICE_CONFIG", file.toString()))) {
			assertThat(output).contains("sluice.host-names is set in environment variables (SLUICE_HOST_NAMES) and in "
					+ file + ": a list is taken whole, so that only the first counts");
		}
	}

}
