package dev.sluice.api;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

import dev.sluice.testing.LogCapture;
import dev.sluice.testing.RunningSluice;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients beyond the bound wait; those inside don't notice.
 */
@Timeout(60)
class ConnectionLimitTests {

	private static final int LIMIT = 3;

	private final RunningSluice sluice = RunningSluice.start("sluice.max-connections=" + LIMIT);

	private final Deque<Socket> clients = new ArrayDeque<>();

	@AfterEach
	void stop() throws IOException {
		for (Socket client : this.clients) {
			client.close();
		}
		this.sluice.close();
	}

	@Test
	void oneTooManyIsServedWhenAnotherHasLeft() throws IOException {
		try (LogCapture log = LogCapture.asUsersSeeIt()) {
			for (int round = 0; round < 3; round++) {
				fill();
				Socket waiting = connect(this.sluice.uri("/v2/"));
				ask(waiting);
				for (Socket client : this.clients) {
					ask(client);
					awaitAnswer(client);
				}
				assertThat(waiting.getInputStream().available()).isZero();
				this.clients.removeFirst().close();
				awaitAnswer(waiting);
				this.clients.addLast(waiting);
			}
			assertThat(log.entries()).anyMatch((entry) -> entry.toString().contains("sluice.max-connections"));
		}
	}

	@Test
	void theManagementsPortStaysOpen() throws IOException {
		fill();
		Socket probe = connect(this.sluice.managementUri("/actuator/health/liveness"));
		ask(probe);
		awaitAnswer(probe);
		this.clients.addLast(probe);
	}

	private void fill() throws IOException {
		while (this.clients.size() < LIMIT) {
			Socket client = connect(this.sluice.uri("/v2/"));
			ask(client);
			awaitAnswer(client);
			this.clients.addLast(client);
		}
	}

	private static Socket connect(URI uri) throws IOException {
		return new Socket(uri.getHost(), uri.getPort());
	}

	private static void ask(Socket client) throws IOException {
		client.getOutputStream()
			.write("GET /v2/ HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
	}

	private static void awaitAnswer(Socket client) throws IOException {
		Awaitility.await()
			.pollInterval(Duration.ofMillis(5))
			.atMost(Duration.ofSeconds(20))
			.until(() -> client.getInputStream().available() > 0);
		client.getInputStream().readNBytes(client.getInputStream().available());
	}

}
