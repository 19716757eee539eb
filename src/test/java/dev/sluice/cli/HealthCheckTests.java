package dev.sluice.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpServer;
import dev.sluice.testing.RunningSluice;
import dev.sluice.testing.TestCertificates;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class HealthCheckTests {

	private final ByteArrayOutputStream said = new ByteArrayOutputStream();

	private HttpServer server;

	@BeforeEach
	void serve() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		answer(this.server, "/actuator/health/readiness", 200);
		answer(this.server, "/busy", 503);
		answer(this.server, "/elsewhere", 302);
		this.server.start();
	}

	@AfterEach
	void end() {
		this.server.stop(0);
	}

	@Test
	void asksForTheReadinessAtTheManagementPort() {
		assertThat(check(Map.of("MANAGEMENT_SERVER_PORT", port()))).isTrue();
		assertThat(this.said).hasToString("/actuator/health/readiness: 200\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "0.0.0.0", "::", "127.0.0.1", "localhost" })
	void asksAtTheAddressThatManagementListensOn(String address) {
		assertThat(check(Map.of("MANAGEMENT_SERVER_PORT", port(), "MANAGEMENT_SERVER_ADDRESS", address))).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "127.0.0.2", "::1", "[::1]" })
	void asksAtAnAddressThatIsNotLoopbacksUsualOne(String address) throws IOException {
		HttpServer other = HttpServer.create(new InetSocketAddress(address, 0), 0);
		answer(other, "/actuator/health/readiness", 200);
		other.start();
		try {
			assertThat(check(Map.of("MANAGEMENT_SERVER_PORT", String.valueOf(other.getAddress().getPort()),
					"MANAGEMENT_SERVER_ADDRESS", address)))
				.isTrue();
		}
		finally {
			other.stop(0);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "server.ssl", "management.server.ssl" })
	void findsOutThatManagementSpeaksTls(String property, @TempDir Path directory, CapturedOutput output) {
		TestCertificates certificates = TestCertificates.in(directory);
		try (RunningSluice sluice = RunningSluice.start(
				property + ".certificate=" + certificates.serverCertificateFile(),
				property + ".certificate-private-key=" + certificates.serverKeyFile())) {
			String port = String.valueOf(sluice.managementUri("").getPort());
			assertThat(check(Map.of("MANAGEMENT_SERVER_PORT", port))).isTrue();
		}
		assertThat(this.said).hasToString("/actuator/health/readiness: 200\n");
		assertThat(output).doesNotContain(" WARN ", " ERROR ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/busy", "/elsewhere", "/nowhere" })
	void takesNothingButOkForHealth(String path) {
		assertThat(check("127.0.0.1", port(), path)).isFalse();
		assertThat(said()).startsWith(path + ": ");
	}

	@Test
	void wantsEachPathToBeAnswered() {
		assertThat(check("127.0.0.1", port(), "/actuator/health/readiness", "/busy", "/elsewhere")).isFalse();
		assertThat(this.said).hasToString("/actuator/health/readiness: 200\n/busy: 503\n");
	}

	/** By tag, the types that a client wants reach the registry. */
	@Test
	void sendsThePathAsItIsAndWantsAnyType() {
		List<String> asked = new CopyOnWriteArrayList<>();
		this.server.createContext("/v2/", (exchange) -> {
			asked.add(exchange.getRequestURI() + " " + exchange.getRequestHeaders().get("Accept"));
			exchange.sendResponseHeaders(200, -1);
			exchange.close();
		});
		assertThat(check("127.0.0.1", port(), "/v2/acme/app/manifests/1?ns=ghcr.io", "/v2/a%20b")).isTrue();
		assertThat(asked).containsExactly("/v2/acme/app/manifests/1?ns=ghcr.io [*/*]", "/v2/a%20b [*/*]");
	}

	@Test
	void asksAnAddressOfVersion6() throws IOException {
		HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getByName("::1"), 0), 0);
		answer(other, "/v2/", 200);
		other.start();
		try {
			assertThat(check("::1", String.valueOf(other.getAddress().getPort()), "/v2/")).isTrue();
		}
		finally {
			other.stop(0);
		}
	}

	@Test
	void saysWhyNobodyAnswers() throws IOException {
		int free;
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			free = socket.getLocalPort();
		}
		assertThat(check("127.0.0.1", String.valueOf(free), "/v2/")).isFalse();
		assertThat(said()).contains("Connection refused");
	}

	@ParameterizedTest
	@CsvSource({ "127.0.0.1, five, /v2/", "127.0.0.1, '', /v2/", "'', 5050, /v2/", "127.0.0.1, 70000, /v2/",
			"127.0.0.1, 5050, v2/", "127.0.0.1, 5050, '/v 2'", "a b, 5050, /v2/" })
	void saysWhatCantBeAsked(String host, String port, String path) {
		assertThat(check(host, port, path)).isFalse();
		assertThat(said()).startsWith(path + ": ").hasSizeGreaterThan(path.length() + 5);
	}

	@Test
	void saysWhatItExpects() {
		assertThat(check("127.0.0.1", "5050")).isFalse();
		assertThat(said()).isEqualTo("expected: <host> <port> <path> …\n");
	}

	private boolean check(String... args) {
		return check(Map.of(), args);
	}

	private boolean check(Map<String, String> environment, String... args) {
		return HealthCheck.run(List.of(args), environment, new PrintStream(this.said, true, StandardCharsets.UTF_8));
	}

	private String said() {
		return this.said.toString(StandardCharsets.UTF_8);
	}

	private String port() {
		return String.valueOf(this.server.getAddress().getPort());
	}

	private static void answer(HttpServer server, String path, int status) {
		server.createContext(path, (exchange) -> {
			exchange.sendResponseHeaders(status, -1);
			exchange.close();
		});
	}

}
