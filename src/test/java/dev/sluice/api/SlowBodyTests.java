package dev.sluice.api;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import dev.sluice.testing.LogCapture;
import dev.sluice.testing.RunningSluice;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client that sends a body, a byte now and then, keeps no connection by that: it is
 * answered at once and let go within seconds, at both ports.
 */
@Timeout(60)
class SlowBodyTests {

	private static final List<String> LINES = List.of("POST /v2/acme/app/blobs/uploads/",
			"PUT /v2/acme/app/manifests/1", "PATCH /nowhere", "GET /v2/", "POST /actuator/health",
			"GET /actuator/health", "GET /%zz");

	/** Each announces more than is ever sent. */
	private static final List<String> ANNOUNCED = List.of("Content-Length: 1000000", "Transfer-Encoding: chunked");

	@Test
	void whoeverSendsABodySlowlyIsLetGoWithinSeconds() throws IOException {
		Map<String, Slow> clients = new TreeMap<>();
		try (RunningSluice sluice = RunningSluice.start(); LogCapture log = LogCapture.asUsersSeeIt()) {
			for (URI port : List.of(sluice.uri(""), sluice.managementUri(""))) {
				for (String line : LINES) {
					for (String announced : ANNOUNCED) {
						clients.put(port + " " + line + " " + announced, Slow.begin(port, line, announced));
					}
				}
			}
			Awaitility.await()
				.pollInterval(Duration.ofMillis(300))
				.atMost(Duration.ofSeconds(30))
				.until(() -> stillOpen(clients), List::isEmpty);
			assertThat(clients.values()).allSatisfy((client) -> assertThat(client.answer()).startsWith("HTTP/1.1 ")
				.containsIgnoringCase("Connection: close"));
			assertThat(log.entries()).noneMatch((entry) -> entry.level().isGreaterOrEqual(Level.WARN));
		}
		finally {
			for (Slow client : clients.values()) {
				client.socket.close();
			}
		}
	}

	/** Those that could send one more byte. */
	private static List<String> stillOpen(Map<String, Slow> clients) {
		List<String> open = new ArrayList<>();
		clients.forEach((name, client) -> Stream.of(name).filter((it) -> client.sendsOneMore()).forEach(open::add));
		return open;
	}

	private record Slow(Socket socket, StringBuffer read) {

		static Slow begin(URI port, String line, String announced) throws IOException {
			Socket socket = new Socket(port.getHost(), port.getPort());
			Slow client = new Slow(socket, new StringBuffer());
			socket.getOutputStream()
				.write((line + " HTTP/1.1\r\nHost: localhost\r\n" + announced + "\r\n\r\n")
					.getBytes(StandardCharsets.US_ASCII));
			return client;
		}

		boolean sendsOneMore() {
			try {
				int ready = this.socket.getInputStream().available();
				this.read.append(new String(this.socket.getInputStream().readNBytes(ready), StandardCharsets.US_ASCII));
				this.socket.getOutputStream().write('0');
				return true;
			}
			catch (IOException ex) {
				return false;
			}
		}

		String answer() {
			return this.read.toString();
		}

	}

}
