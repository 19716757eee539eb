package dev.sluice.start;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import dev.sluice.testing.RawAnswer;
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
 * Spring Boot's own settings do what they say, or stop the start in one line, as Sluice's
 * do.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class ServerSettingsTests {

	@TempDir
	private Path directory;

	@ParameterizedTest
	@CsvSource({ "server.netty.idle-timeout, 60, 60s", "server.netty.idleTimeout, 60, 60s",
			"server.netty.connection-timeout, 5, 5s", "server.max-http-request-header-size, 64, 64MB",
			"server.netty.max-initial-line-length, +64, +64MB", "server.compression.min-response-size, 2, 2MB",
			"server.reactive.session.timeout, 30, 30s", "management.endpoint.health.cache.time-to-live, 10, 10s",
			"management.endpoint.health.logging.slow-indicator-threshold, 1, 1s",
			"management.endpoints.web.cors.max-age, 1800, 1800s",
			"management.metrics.distribution.expiry.http, 60, 60s",
			"spring.lifecycle.timeout-per-shutdown-phase, 30, 30s",
			"logging.logback.rollingpolicy.max-file-size, 10, 10MB" })
	void refusesADurationOrASizeWithoutAUnit(String property, String value, String right, CapturedOutput output)
			throws Exception {
		Path file = Files.writeString(this.directory.resolve("sluice.yml"), property + ": " + value + "\nsluice: {}\n");
		for (String given : new String[] { property + "=" + value, "sluice.config=" + file }) {
			assertThatException().isThrownBy(() -> RunningSluice.start(given).close());
		}
		assertThat(refusals(output)).hasSize(2)
			.allMatch((line) -> line
				.contains(property + " = '" + value + "' won't do: its unit is missing: write it as in " + right));
	}

	@ParameterizedTest
	@CsvSource({ "SERVER_NETTY_IDLE_TIMEOUT, 60, 60s", "SERVER_NETTY_IDLETIMEOUT, 60, 60s",
			"SERVER_MAX_HTTP_REQUEST_HEADER_SIZE, 64, 64MB", "SPRING_LIFECYCLE_TIMEOUT_PER_SHUTDOWN_PHASE, 30, 30s" })
	void refusesItInAVariableToo(String variable, String value, String right, CapturedOutput output) {
		assertThatException().isThrownBy(() -> RunningSluice.in(Map.of(variable, value)).close());
		assertThat(refusals(output)).singleElement()
			.asString()
			.contains(variable + " = '" + value + "' won't do: its unit is missing: write it as in " + right);
	}

	@Test
	void takesNothingAndPlainNumbersWithoutAUnit() {
		RunningSluice
			.in(Map.of("SERVER_REPLICAS", "3", "SERVER_NETTY_MAX_KEEP_ALIVE_REQUESTS", "100", "SERVER_NAME", "${A}b"),
					"server.netty.idle-timeout=0", "management.endpoint.health.cache.time-to-live=0")
			.close();
	}

	@Test
	void closesAConnectionThatIdlesAsLongAsIsSet() throws Exception {
		try (RunningSluice sluice = RunningSluice.start("server.netty.idle-timeout=300ms");
				Socket client = new Socket("127.0.0.1", sluice.uri("").getPort())) {
			client.setSoTimeout(30_000);
			client.getOutputStream()
				.write("GET /v2/ HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
			RawAnswer answer = RawAnswer.read(client);
			assertThat(answer.head()).startsWith("HTTP/1.1 200 ");
			assertThat(client.getInputStream().read()).isEqualTo(-1);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "server.ssl.certificate", "server.ssl.certificate-private-key",
			"server.ssl.trust-certificate", "server.ssl.key-store", "management.server.ssl.trust-store",
			"spring.ssl.bundle.pem.web.keystore.certificate", "spring.ssl.bundle.pem.web.keystore.private-key",
			"spring.ssl.bundle.jks.web.truststore.location" })
	void namesTheSettingWhoseFileCannotBeRead(String property, CapturedOutput output) {
		for (String path : new String[] { "/nope.pem", "file:/nope.pem", this.directory.toString() }) {
			assertThatException().isThrownBy(() -> RunningSluice.start(property + "=" + path).close());
			assertThat(output).contains(
					"Sluice can't start: " + property + " = '" + path + "' won't do: expected a file that can be read");
		}
		assertThat(refusals(output)).hasSize(3);
		assertThat(output).doesNotContain("Exception");
	}

	@Test
	void namesTheVariableWhoseFileCannotBeRead(CapturedOutput output) {
		assertThatException()
			.isThrownBy(() -> RunningSluice.in(Map.of("SERVER_SSL_CERTIFICATE_PRIVATE_KEY", "MIIEvQs3cret")).close());
		assertThat(refusals(output)).singleElement()
			.asString()
			.contains("SERVER_SSL_CERTIFICATE_PRIVATE_KEY = '…' won't do: expected a file that can be read");
		assertThat(output).doesNotContain("s3cret");
	}

	@ParameterizedTest
	@CsvSource({ "server.port, SERVER_PORT", "management.server.port, MANAGEMENT_SERVER_PORT" })
	void takesNoPortFromWhatKubernetesSetsForAServiceOfThatName(String property, String variable) {
		for (String link : new String[] { "tcp://10.0.0.1:80", "udp://[fd00::1]:53" }) {
			try (RunningSluice sluice = RunningSluice.in(Map.of(variable, link), property + "=${" + variable + ":0}")) {
				assertThat(sluice.uri("/v2/").getPort()).isPositive();
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "SERVER_PORT, tcp://10.0.0.1", "SERVER_PORT, http://10.0.0.1:80",
			"MANAGEMENT_SERVER_PORT, tcp://mirror:5051" })
	void refusesAnyOtherTextForAPort(String variable, String value, CapturedOutput output) {
		String property = variable.toLowerCase(Locale.ROOT).replace('_', '.');
		assertThatException()
			.isThrownBy(() -> RunningSluice.in(Map.of(variable, value), property + "=${" + variable + ":0}").close());
		assertThat(refusals(output)).singleElement().asString().contains(value + "' won't do: expected a port");
	}

	@ParameterizedTest
	@CsvSource({ "server.netty.validate-headers, false", "server.netty.validateHeaders, false",
			"server.netty.connection-timeout, 5s", "server.netty.h2c-max-content-length, 1MB",
			"server.server-header, Apache", "server.servlet.context-path, /mirror",
			"server.reactive.session.timeout, 30s", "server.reactive.session.cookie.name, a" })
	void refusesWhatHasNoEffect(String property, String value, CapturedOutput output) throws Exception {
		Path file = Files.writeString(this.directory.resolve("sluice.yml"), property + ": " + value + "\nsluice: {}\n");
		for (String given : new String[] { property + "=" + value, "sluice.config=" + file }) {
			assertThatException().isThrownBy(() -> RunningSluice.start(given).close());
		}
		assertThat(refusals(output)).hasSize(2)
			.allMatch((line) -> line.endsWith(property + ": it has no effect on Sluice's server: leave it out"));
	}

	private static Stream<String> refusals(CapturedOutput output) {
		return output.getAll().lines().filter((line) -> line.contains("Sluice can't start: "));
	}

}
