package dev.sluice.api;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.StreamSupport;

import dev.sluice.testing.RunningSluice;
import io.netty.util.concurrent.EventExecutor;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.netty.http.HttpResources;
import reactor.netty.resources.LoopResources;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients come in whatever those who serve are doing, and are served where the
 * connections to upstreams live.
 */
@Timeout(60)
class AcceptingTests {

	private static final int CLIENTS_EACH = 2;

	private static RunningSluice sluice;

	@BeforeAll
	static void start() {
		sluice = RunningSluice.start();
	}

	@AfterAll
	static void stop() {
		sluice.close();
	}

	@Test
	void aClientIsServedByALoopThatIsFreeWhicheverElseAreBusy() throws IOException {
		assertServedByTheFreeOneAlone(sluice.uri("/v2/"));
	}

	@Test
	void soIsOneOfTheManagementsPort() throws IOException {
		assertServedByTheFreeOneAlone(sluice.managementUri("/nowhere"));
	}

	/** Whichever loop it is, for none of them is the one that accepts. */
	private static void assertServedByTheFreeOneAlone(URI uri) throws IOException {
		List<EventExecutor> loops = StreamSupport
			.stream(HttpResources.get().onServer(LoopResources.DEFAULT_NATIVE).spliterator(), false)
			.toList();
		for (EventExecutor free : loops) {
			List<Socket> clients = new ArrayList<>();
			AtomicBoolean busy = new AtomicBoolean(true);
			try {
				keepBusy(loops.stream().filter((loop) -> loop != free).toList(), busy);
				for (int i = 0; i < loops.size() * CLIENTS_EACH; i++) {
					clients.add(ask(uri));
				}
				awaitAnswered(clients, CLIENTS_EACH);
				busy.set(false);
				awaitAnswered(clients, clients.size());
			}
			finally {
				busy.set(false);
				for (Socket client : clients) {
					client.close();
				}
			}
		}
	}

	/** They compute, for they mustn't block. */
	private static void keepBusy(List<EventExecutor> loops, AtomicBoolean busy) {
		for (EventExecutor loop : loops) {
			AtomicBoolean begun = new AtomicBoolean();
			loop.execute(() -> {
				begun.set(true);
				while (busy.get()) {
					assertThat(loop.inEventLoop()).isTrue();
				}
			});
			Awaitility.await().untilTrue(begun);
		}
	}

	private static void awaitAnswered(List<Socket> clients, int count) throws IOException {
		Awaitility.await()
			.pollInterval(Duration.ofMillis(10))
			.atMost(Duration.ofSeconds(30))
			.until(() -> answered(clients), (answered) -> answered >= count);
		assertThat(answered(clients)).isEqualTo(count);
	}

	private static int answered(List<Socket> clients) throws IOException {
		int answered = 0;
		for (Socket client : clients) {
			answered += (client.getInputStream().available() > 0) ? 1 : 0;
		}
		return answered;
	}

	private static Socket ask(URI uri) throws IOException {
		Socket client = new Socket(uri.getHost(), uri.getPort());
		client.getOutputStream()
			.write(("GET " + uri.getPath() + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
				.getBytes(StandardCharsets.US_ASCII));
		return client;
	}

}
