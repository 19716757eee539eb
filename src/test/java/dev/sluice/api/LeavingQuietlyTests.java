package dev.sluice.api;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import ch.qos.logback.classic.Level;
import dev.sluice.testing.Gate;
import dev.sluice.testing.LogCapture;
import dev.sluice.testing.Matching;
import dev.sluice.testing.Misbehaviour;
import dev.sluice.testing.PrivateRegistry;
import dev.sluice.testing.RawAnswer;
import dev.sluice.testing.RecordedRequest;
import dev.sluice.testing.TestContent;
import dev.sluice.testing.TestImage;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients leave at any moment, with a FIN or a reset: the log says so in their access
 * lines, and nowhere else.
 */
@Timeout(60)
class LeavingQuietlyTests {

	private static final int CLIENTS = 12;

	/** More than all buffers on the way hold. */
	private static final TestContent BLOB = TestContent.generated(128L * 1024 * 1024, 5);

	private static PrivateRegistry upstream;

	private final List<Socket> clients = new ArrayList<>();

	@BeforeAll
	static void start(@TempDir Path directory) {
		upstream = PrivateRegistry.start(directory);
		upstream.registry().push("acme/app", BLOB).push("acme/app", "1", TestImage.random());
	}

	@AfterAll
	static void stop() {
		upstream.close();
	}

	@AfterEach
	void behave() throws IOException {
		upstream.registry().behave();
		upstream.registry().requests().clear();
		for (Socket client : this.clients) {
			client.close();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "GET /v2/ac", "GET /v2/ HTTP/1.1\r\nHost: loc", "GET /v2/ HTTP/1.1\r\n",
			"POST /v2/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nabc",
			"GET /v2/ HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
			"GET /%zz HTTP/1.1\r\n\r\n", "nonsense\r\n\r\n", "GET /v2/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
			"GET /actuator/prometheus HTTP/1.1\r\nHost: l\r\n\r\n",
			"GET /actuator/health HTTP/1.1\r\nHost: localhost\r\n\r\nGET /actuator/prometheus HTTP/1.1\r\nHost: " })
	void whileTheyAskOrAsSoonAsTheyHave(String sent) throws IOException {
		try (LogCapture log = LogCapture.asUsersSeeIt()) {
			for (URI port : List.of(upstream.sluice().uri(""), upstream.sluice().managementUri(""))) {
				come(port, sent);
				leave();
			}
			assertQuiet(log);
		}
	}

	/**
	 * The management answers on other threads than the connection's. One client in some
	 * ten thousand leaves at the very moment that once released a buffer twice.
	 */
	@RepeatedTest(20)
	void whileTheManagementAnswers() throws IOException {
		try (LogCapture log = LogCapture.asUsersSeeIt()) {
			for (int i = 0; i < 10; i++) {
				come(upstream.sluice().managementUri(""), get("/actuator/health"));
				leave();
			}
			assertQuiet(log);
		}
	}

	@Test
	void beforeTheUpstreamAnswers() throws IOException {
		Predicate<RecordedRequest> manifests = Matching.manifests().and(Matching.authorized());
		upstream.registry().misbehave(manifests, Misbehaviour.heldUntil(new Gate()));
		try (LogCapture log = LogCapture.asUsersSeeIt()) {
			come(upstream.sluice().uri(""), get("/v2/acme/app/manifests/1"));
			upstream.registry().requests().awaitCount(manifests, CLIENTS, Duration.ofSeconds(10));
			leave();
			awaitAccessLines(log, "/manifests/1");
			assertQuiet(log);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 500_000 })
	void inTheMiddleOfABody(int read) throws IOException {
		try (LogCapture log = LogCapture.asUsersSeeIt()) {
			come(upstream.sluice().uri(""), get("/v2/acme/app/blobs/" + BLOB.digest()));
			for (Socket client : this.clients) {
				client.getInputStream().readNBytes(read);
			}
			leave();
			awaitAccessLines(log, "/blobs/");
			assertQuiet(log);
		}
	}

	@Test
	void whenTheUpstreamStallsInTheMiddle() throws IOException {
		upstream.registry().misbehave(Matching.blobs(), Misbehaviour.stallAt(100_000, new Gate()));
		try (LogCapture log = LogCapture.asUsersSeeIt()) {
			come(upstream.sluice().uri(""), get("/v2/acme/app/blobs/" + BLOB.digest()));
			for (Socket client : this.clients) {
				client.getInputStream().readNBytes(100_000);
			}
			leave();
			awaitAccessLines(log, "/blobs/");
			assertQuiet(log);
		}
	}

	private void come(URI port, String sent) throws IOException {
		for (int i = 0; i < CLIENTS; i++) {
			Socket client = new Socket(port.getHost(), port.getPort());
			this.clients.add(client);
			client.getOutputStream().write(sent.getBytes(StandardCharsets.ISO_8859_1));
		}
	}

	/** Every second one with a reset. */
	private void leave() throws IOException {
		for (int i = 0; i < this.clients.size(); i++) {
			if (i % 2 == 0) {
				this.clients.get(i).setSoLinger(true, 0);
			}
			this.clients.get(i).close();
		}
		this.clients.clear();
	}

	private static void awaitAccessLines(LogCapture log, String path) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> log.entries().stream().filter((entry) -> entry.message().contains(path)).count() >= CLIENTS);
	}

	/** Each event loop has seen them leave once it has served somebody who came after. */
	private static void assertQuiet(LogCapture log) throws IOException {
		for (URI port : List.of(upstream.sluice().uri(""), upstream.sluice().managementUri(""))) {
			for (int i = 0; i < CLIENTS; i++) {
				RawAnswer.to(port, "GET /after HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
			}
		}
		log.awaitAccessLine("/after");
		assertThat(log.entries()).allSatisfy((entry) -> {
			assertThat(entry.level()).isEqualTo(Level.INFO);
			assertThat(entry.logger()).isEqualTo("sluice.access");
			assertThat(entry.stackTrace()).isEmpty();
		});
	}

	private static String get(String path) {
		return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
	}

}
