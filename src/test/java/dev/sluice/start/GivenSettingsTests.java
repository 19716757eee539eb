package dev.sluice.start;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
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
 * Settings do what they say, or stop the start in one line: in files, in environment
 * variables, and split between them.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class GivenSettingsTests {

	private static final String U = "sluice.upstreams[0].";

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
		assertOneLine(output, line);
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
		assertOneLine(output, variable + ": there is no such setting; in sluice.");
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
		assertOneLine(output,
				variable + ": it has no effect in these letters: write " + variable.toUpperCase(Locale.ROOT));
	}

	@ParameterizedTest
	@ValueSource(strings = { "sluice_default_upstream", "sluice_upstreams_0_name", "sluice_upstreams_0_credential_host",
			"Sluice_Access_Open" })
	void takesAVariableInOtherLettersThatHasAnEffect(String variable, CapturedOutput output) {
		String name = variable.startsWith("sluice_upstreams_0_c") ? "sluice_upstreams_0_name" : "UNUSED";
		assertThatException().isThrownBy(() -> RunningSluice.in(Map.of(name, "a.test", variable, "*.evil")).close());
		assertOneLine(output, "= '*.evil' won't do: ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Host", "HOST", "Accept", "accept-encoding", "Transfer-Encoding", "Range",
			"Content-Length", "Content-Type", "Expect", "Connection", "Keep-Alive", "TE", "Trailer", "Upgrade",
			"HTTP2-Settings", "Proxy-Connection", "Proxy-Authorization", "If-None-Match", "If-Range" })
	void refusesAHeaderThatWouldHaveNoEffectOrBreakPulls(String name, CapturedOutput output) throws Exception {
		Path file = write("sluice:\n  upstreams:\n  - name: a.test\n    headers: {" + name + ": s3cret}\n");
		assertThatException().isThrownBy(() -> start(file).close());
		assertOneLine(output, "sluice.upstreams[0].headers = '" + name
				+ "' won't do: Sluice decides it for each request, and so Host, Accept,");
	}

	@ParameterizedTest
	@ValueSource(strings = { "SLUICE_UPSTREAMS_0_CREDENTIALHOST", "SLUICE_UPSTREAMS_0_CREDENTIAL_HOST" })
	void takesAVariableWithAndWithoutWhatStandsForADash(String variable, CapturedOutput output) {
		assertThatException().isThrownBy(
				() -> RunningSluice.in(Map.of("SLUICE_UPSTREAMS_0_NAME", "a.test", variable, "*.test")).close());
		assertOneLine(output, "sluice.upstreams[0].credential-host = '*.test' won't do: patterns aren't taken here");
	}

	@Test
	void explainsAListThatIsSplitBetweenFileAndEnvironment(CapturedOutput output) throws Exception {
		Path file = write("sluice:\n  upstreams:\n  - name: a.test\n");
		assertThatException().isThrownBy(() -> RunningSluice
			.in(Map.of("SLUICE_UPSTREAMS_0_CREDENTIAL_PASSWORD", "s3cret", "SLUICE_CONFIG", file.toString()))
			.close());
		assertOneLine(output,
				"sluice.upstreams is set in environment variables (SLUICE_UPSTREAMS_0_CREDENTIAL_PASSWORD)" + " and in "
						+ file + ": a list is taken whole from one place");
	}

	@Test
	void warnsOfSingleValuesThatOthersHide(CapturedOutput output) throws Exception {
		Path file = write("sluice:\n  host-names: [a.test, b.test]\n");
		try (RunningSluice _ = RunningSluice
			.in(Map.of("SLUICE_HOST_NAMES", "c.test", "SLUICE_CONFIG", file.toString()))) {
			assertThat(output).contains("sluice.host-names is set in environment variables (SLUICE_HOST_NAMES) and in "
					+ file + ": a list is taken whole, so that only the first counts");
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', value = {
			"- name: a.test~  endpoints: ['https://${UNSET}'] | sluice.upstreams[0].endpoints[0]: nothing sets ${UNSET}",
			"- name: a.test~  headers: {X-Key: '${UNSET}'} | sluice.upstreams[0].headers.x-key: nothing sets ${UNSET}",
			"- name: ${A:${UNSET}} | sluice.upstreams[0].name: nothing sets ${UNSET}",
			"- name: a.test~  credential: {username: a, password: 's3${cret}s3cret'} | credential.password: it has a placeholder ${…} that nothing sets; a ${ that is meant",
			"- name: a.test~  timeouts: {idle: '${UNSET}'} | sluice.upstreams[0].timeouts.idle: nothing sets ${UNSET}",
			"- name: a.test~  timeouts: {idle: '${UNSET:30}'} | sluice.upstreams[0].timeouts.idle = '30' won't do: its unit is missing: write it as in 30s",
			"- name: a.test~  timeouts: {idle: 30} | sluice.upstreams[0].timeouts.idle = '30' won't do: its unit is missing",
			"- name: a.test~  timeouts: {idle: +30} | sluice.upstreams[0].timeouts.idle = '+30' won't do: its unit is missing",
			"- name: a.test~  timeouts: {idle: 0} | sluice.upstreams[0].timeouts.idle = 'PT0S' won't do: expected more than 0",
			"- name: a.test~  timeouts: {idle: 30 s} | sluice.upstreams[0].timeouts.idle = '30 s' won't do: expected a duration",
			"- name: a.test~  timeouts: {idle: 1.5h} | sluice.upstreams[0].timeouts.idle = '1.5h' won't do: expected a duration",
			"- name: a.test~  timeouts: {idle: -5s} | sluice.upstreams[0].timeouts.idle = 'PT-5S' won't do: expected more than 0",
			"- name: a.test~  timeouts: {idle: 40d} | sluice.upstreams[0].timeouts.idle = 'PT960H' won't do: expected a day (24h) at most",
			"- name: a.test~  endpoints: [http://a.test, http://b.test] | sluice.upstreams[0].endpoints = 'http://b.test' won't do: only the first endpoint is used",
			"- name: a.test~  endpoints: [http://a.test]~  tls: {skip-verify: true} | sluice.upstreams[0].tls.skip-verify = 'true' won't do: its endpoint http://a.test is plain HTTP: write https://",
			"- name: localhost:5000~  tls: {skip-verify: true} | its endpoint http://localhost:5000 is plain HTTP",
			"- name: a.test~  allow-hosts: ['*.test'] | sluice.upstreams[0].allow-hosts = '*.test' won't do: patterns aren't taken here",
			"- name: a.test~  allow-hosts: ['b.test:443'] | sluice.upstreams[0].allow-hosts = 'b.test:443' won't do: expected a host without a port",
			"- name: a.test~  proxy: {no-proxy: [b.test]} | sluice.upstreams[0].proxy.url = '' won't do: no-proxy needs a proxy",
			"lab: {name: lab} | sluice.upstreams.lab.name = 'lab' won't do: sluice.upstreams is a list",
			"[a.test] | sluice.upstreams[0] = '…' won't do: it has no value of its own; beneath it there are aliases",
			"a.test | sluice.upstreams = '…' won't do: it is a list: its entries begin with '- name:'",
			"- name: a.test~  pasword: s3cret | sluice.upstreams[0].pasword = '…' won't do: there is no such property" })
	void refusesWhatWouldBeOverlookedOrTakenForSomethingElse(String upstreams, String line, CapturedOutput output)
			throws Exception {
		String beneath = upstreams.startsWith("-") || upstreams.startsWith("lab") ? "\n    " : " ";
		Path file = write("sluice:\n  upstreams:" + beneath + upstreams.replace("~", "\n    ") + "\n");
		assertThatException().isThrownBy(() -> RunningSluice.start("sluice.config=" + file).close());
		assertOneLine(output, line);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', value = {
			"upstreams: [{name: a.test}] | 'upstreams' stands at the top; it belongs beneath",
			"sluice: {}~upstreams: [{name: a.test}] | 'upstreams' stands at the top; it belongs beneath",
			"slucie: {default-upstream: ghcr.io} | it has no 'sluice:'", "s3cret | it has no 'sluice:'",
			"- s3cret | it has no 'sluice:'", "sluice: s3cret | sluice = '…' won't do: it has no value of its own",
			"sluice: {access: true} | sluice.access = 'true' won't do: it has no value of its own",
			"sluice: {config: x.yml} | sluice.config says which file is read, so that it can't stand in one",
			"sluice: {default-upstream: {a: b}} | sluice.default-upstream.a = 'b' won't do: there is nothing beneath",
			"sluice: {upstreams: [{name: a.test}]}~---~sluice: {upstreams: [{name: b.test}]} | sluice.upstreams is set in two documents of",
			"server: {port: '${UNSET}'} | server.port: nothing sets ${UNSET}",
			"server: {address: no.such.host.invalid} | server.address = 'no.such.host.invalid' won't do: expected an address",
			"sluice: {pass: s3cret, pass: s3cret} | line 1, column 24: the same key stands here a second time",
			"sluice: {host-names: [*.s3cret]} | line 1, column 24: a value that begins with * needs quotes",
			"sluice: {host-names: [@s3cret]} | line 1, column 23: a value that begins with @, ` or % needs quotes",
			"sluice: {host-names: 's3cret} | a quote is opened and not closed" })
	void refusesAFileThatIsNotWhatItShouldBe(String text, String line, CapturedOutput output) throws Exception {
		Path file = write(text.replace("~", "\n") + "\n");
		assertThatException().isThrownBy(() -> start(file).close());
		assertOneLine(output, line);
	}

	@ParameterizedTest
	@ValueSource(strings = { "server.prot", "server.adress", "server.ssl.bundel", "server.connection-timeout",
			"management.port", "management.server.prot", "management.endpoint.helth.show-details" })
	void refusesWhatSpringBootsServersDontKnow(String property, CapturedOutput output) throws Exception {
		assertThatException().isThrownBy(() -> RunningSluice.start(property + "=s3cret").close());
		assertOneLine(output, property + ": there is no such property");
		Path file = write(property + ": s3cret\nsluice: {}\n");
		assertThatException().isThrownBy(() -> start(file).close());
		assertThat(output).doesNotContain("s3cret", "Exception");
	}

	@Test
	void takesWhatSpringBootsServersKnow() throws Exception {
		Path file = write("server: {maxHttpRequestHeaderSize: 12KB, netty.idle-timeout: 5m, shutdown: graceful}\n"
				+ "management:\n  endpoint.health.group.mine.include: [livenessState]\n"
				+ "  endpoints.web.exposure.include: [health]\n  metrics.tags.team: images\n");
		start(file).close();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"server.port=70000 | server.port = '70000' won't do: expected a port, 1 to 65535, or 0 for any",
			"server.port=http | server.port = 'http' won't do: expected a port",
			"server.port=-1 | server.port = '-1' won't do: expected a port",
			"management.server.port=5o51 | management.server.port = '5o51' won't do: expected a port",
			"management.server.port=5099,server.port=5099 | management.server.port = '5099' won't do: the registry API has this port" })
	void refusesPortsThatAreNoneOrTheSame(String properties, String line, CapturedOutput output) {
		assertThatException().isThrownBy(() -> RunningSluice.start(properties.split(",")).close());
		assertOneLine(output, line);
	}

	@Test
	void refusesWhatIsNoText(CapturedOutput output) throws Exception {
		for (byte[] bytes : new byte[][] { { 's', (byte) 0xe9, 'c' }, { 's', 0, 1, 2 }, new byte[4 * 1024 * 1024] }) {
			Path file = Files.write(this.directory.resolve("settings"), bytes);
			assertThatException().isThrownBy(() -> start(file).close());
		}
		assertThat(output.getAll().lines().filter((line) -> line.contains("can't start"))).satisfiesExactly(
				(latin) -> assertThat(latin).contains("it isn't text in UTF-8"),
				(binary) -> assertThat(binary).contains("line 1, column 2: a character that no YAML may have"),
				(large) -> assertThat(large).contains("it is larger than 1 MiB"));
		assertThat(output).doesNotContain("Exception", "\tat ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "# nothing\n", "sluice:\n", "logging: {level: {dev.sluice: info}}\n" })
	void warnsOfAFileThatSetsNothing(String text, CapturedOutput output) throws Exception {
		Path file = write(text);
		try (RunningSluice _ = start(file)) {
			assertThat(output).contains("settings file " + file + " sets nothing of Sluice's");
		}
	}

	@Test
	void takesWhatIsLeftEmptyForTheDefault(CapturedOutput output) throws Exception {
		Path file = write("sluice:\n  access:\n  host-names:\n  credentials:\n    docker-config:\n  upstreams:\n"
				+ "  - name: a.test\n    endpoints:\n    tls:\n    proxy:\n    headers:\n    timeouts:\n");
		try (RunningSluice _ = start(file)) {
			assertThat(output).doesNotContain("sets nothing");
		}
	}

	@Test
	void takesEveryValueAsItIsWritten() throws Exception {
		try (TestRegistry registry = TestRegistry.basic("007", "0123_456").push("app", "1", TestImage.random())) {
			Path file = write("sluice:\n  upstreams:\n  - name: no\n    endpoints: [\"" + registry.url() + "\"]\n"
					+ "    credential: {username: 007, password: 0123_456}\n");
			try (RunningSluice sluice = start(file); TestClient client = TestClient.of(sluice.uri("").toString())) {
				assertThat(client.get("/v2/no/app/manifests/1").statusCode()).isEqualTo(200);
			}
		}
	}

	@Test
	void warnsOfACertificateThatIsNotChecked(CapturedOutput output) {
		try (RunningSluice _ = RunningSluice.start(U + "name=a.test", U + "tls.skip-verify=true")) {
			assertThat(output).contains("Upstream a.test: its certificate isn't checked (tls.skip-verify)");
		}
	}

	private static RunningSluice start(Path file) {
		return RunningSluice.start("sluice.config=" + file);
	}

	private Path write(String text) throws Exception {
		return Files.writeString(this.directory.resolve("settings.yml"), text);
	}

	private static void assertOneLine(CapturedOutput output, String line) {
		Stream<String> told = output.getAll().lines().filter((it) -> it.contains("Sluice can't start: "));
		assertThat(told).singleElement().asString().contains(line);
		assertThat(output).doesNotContain("s3cret", "Exception", "\tat ", "APPLICATION FAILED");
	}

}
