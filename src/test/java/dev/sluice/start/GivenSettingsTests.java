package dev.sluice.start;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

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
 * What is set in a file, or beside it, does what it says, or stops the start in one line.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class GivenSettingsTests {

	private static final String U = "sluice.upstreams[0].";

	@TempDir
	private Path directory;

	@ParameterizedTest
	@ValueSource(strings = { "Host", "HOST", "Accept", "accept-encoding", "Transfer-Encoding", "Range",
			"Content-Length", "Content-Type", "Expect", "Connection", "Keep-Alive", "TE", "Trailer", "Upgrade",
			"HTTP2-Settings", "Proxy-Connection", "Proxy-Authorization", "If-None-Match", "If-Range" })
	void refusesAHeaderThatWouldHaveNoEffectOrBreakPulls(String name, CapturedOutput output) throws Exception {
		Path file = WrittenSettings.file(this.directory,
				"sluice:\n  upstreams:\n  - name: a.test\n    headers: {" + name + ": s3cret}\n");
		assertThatException().isThrownBy(() -> start(file).close());
		WrittenSettings.assertOneLine(output, "sluice.upstreams[0].headers = '" + name
				+ "' won't do: Sluice decides it for each request, and so Host, Accept,");
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
			"- name: a.test~  timeouts: {idle: 0} | sluice.upstreams[0].timeouts.idle = '0' won't do: expected more than 0",
			"- name: a.test~  timeouts: {idle: 30 s} | sluice.upstreams[0].timeouts.idle = '30 s' won't do: expected a duration",
			"- name: a.test~  timeouts: {idle: 1.5h} | sluice.upstreams[0].timeouts.idle = '1.5h' won't do: expected a duration",
			"- name: a.test~  timeouts: {idle: -5s} | sluice.upstreams[0].timeouts.idle = '-5s' won't do: expected more than 0",
			"- name: a.test~  timeouts: {idle: 99999999999d} | sluice.upstreams[0].timeouts.idle = '99999999999d' won't do: expected a day (24h) at most",
			"- name: a.test~  timeouts: {idle: 40d} | sluice.upstreams[0].timeouts.idle = '40d' won't do: expected a day (24h) at most",
			"- name: a.test~  endpoints: [http://a.test, http://b.test] | sluice.upstreams[0].endpoints = 'http://b.test' won't do: only the first endpoint is used",
			"- name: a.test~  endpoints: [http://a.test]~  tls: {skip-verify: true} | sluice.upstreams[0].tls.skip-verify = 'true' won't do: its endpoint http://a.test is plain HTTP: write https://",
			"- name: localhost:5000~  tls: {skip-verify: true} | its endpoint http://localhost:5000 is plain HTTP",
			"- name: a.test~  allow-hosts: ['*.test'] | sluice.upstreams[0].allow-hosts = '*.test' won't do: patterns aren't taken here",
			"- name: a.test~  allow-hosts: ['b.test:443'] | sluice.upstreams[0].allow-hosts = 'b.test:443' won't do: expected a host without a port",
			"- name: a.test~  proxy: {no-proxy: [b.test]} | sluice.upstreams[0].proxy.no-proxy: there is no proxy to go round",
			"lab: {name: lab} | sluice.upstreams.lab.name = 'lab' won't do: sluice.upstreams is a list",
			"[a.test] | sluice.upstreams[0] = '…' won't do: it has no value of its own; beneath it there are aliases",
			"a.test | sluice.upstreams = '…' won't do: it is a list: its entries begin with '- name:'",
			"- name: a.test~  pasword: s3cret | sluice.upstreams[0].pasword = '…' won't do: there is no such property" })
	void refusesWhatWouldBeOverlookedOrTakenForSomethingElse(String upstreams, String line, CapturedOutput output)
			throws Exception {
		String beneath = upstreams.startsWith("-") || upstreams.startsWith("lab") ? "\n    " : " ";
		Path file = WrittenSettings.file(this.directory,
				"sluice:\n  upstreams:" + beneath + upstreams.replace("~", "\n    ") + "\n");
		assertThatException().isThrownBy(() -> RunningSluice.start("sluice.config=" + file).close());
		WrittenSettings.assertOneLine(output, line);
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
		Path file = WrittenSettings.file(this.directory, text.replace("~", "\n") + "\n");
		assertThatException().isThrownBy(() -> start(file).close());
		WrittenSettings.assertOneLine(output, line);
	}

	@ParameterizedTest
	@ValueSource(strings = { "server.prot", "server.adress", "server.ssl.bundel", "server.connection-timeout",
			"management.port", "management.server.prot", "management.endpoint.helth.show-details" })
	void refusesWhatSpringBootsServersDontKnow(String property, CapturedOutput output) throws Exception {
		assertThatException().isThrownBy(() -> RunningSluice.start(property + "=s3cret").close());
		WrittenSettings.assertOneLine(output, property + ": there is no such property");
		Path file = WrittenSettings.file(this.directory, property + ": s3cret\nsluice: {}\n");
		assertThatException().isThrownBy(() -> start(file).close());
		assertThat(output).doesNotContain("s3cret", "Exception");
	}

	@Test
	void takesWhatSpringBootsServersKnow() throws Exception {
		Path file = WrittenSettings.file(this.directory,
				"server: {maxHttpRequestHeaderSize: 12KB, netty.idle-timeout: 5m, shutdown: graceful}\n"
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
		WrittenSettings.assertOneLine(output, line);
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

	/** Spring Boot would read it, and send another password. */
	@Test
	void refusesPropertiesThatAreNotUtf8(CapturedOutput output) throws Exception {
		Path file = Files.write(this.directory.resolve("settings.properties"),
				"sluice.default-upstream=m\u00e4dchen.example".getBytes(StandardCharsets.ISO_8859_1));
		assertThatException().isThrownBy(() -> start(file).close());
		WrittenSettings.assertOneLine(output, "it isn't text in UTF-8");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "# nothing\n", "sluice:\n", "logging: {level: {dev.sluice: info}}\n" })
	void warnsOfAFileThatSetsNothing(String text, CapturedOutput output) throws Exception {
		Path file = WrittenSettings.file(this.directory, text);
		try (RunningSluice _ = start(file)) {
			assertThat(output).contains("settings file " + file + " sets nothing of Sluice's");
		}
	}

	@Test
	void takesWhatIsLeftEmptyForTheDefault(CapturedOutput output) throws Exception {
		Path file = WrittenSettings.file(this.directory,
				"sluice:\n  access:\n  host-names:\n  credentials:\n    docker-config:\n  upstreams:\n"
						+ "  - name: a.test\n    endpoints:\n    tls:\n    proxy:\n    headers:\n    timeouts:\n");
		try (RunningSluice _ = start(file)) {
			assertThat(output).doesNotContain("sets nothing");
		}
	}

	@Test
	void takesEveryValueAsItIsWritten() throws Exception {
		try (TestRegistry registry = TestRegistry.basic("007", "0123_456").push("app", "1", TestImage.random())) {
			Path file = WrittenSettings.file(this.directory, "sluice:\n  upstreams:\n  - name: no\n    endpoints: [\""
					+ registry.url() + "\"]\n" + "    credential: {username: 007, password: 0123_456}\n");
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

}
