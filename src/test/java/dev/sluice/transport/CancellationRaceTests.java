package dev.sluice.transport;

import java.io.IOException;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/**
 * Requests cancelled at every moment around their answer's arrival. What is asserted is
 * that no connection is lost to the pool; a lost buffer, seen rarely with the leak
 * detector on paranoid, isn't.
 */
class CancellationRaceTests {

	@Test
	void losesNoConnectionWhenCancellingRacesWithTheAnswer() throws Exception {
		try (RawUpstream upstream = answering();
				NettyTransport transport = upstream.transport(Settings.pool(2, 100, Duration.ofSeconds(10)))) {
			for (int i = 0; i < 200; i++) {
				Disposable request = transport.send(upstream.get("/" + i)).subscribe(Answer::release);
				long spin = System.nanoTime() + i * 20_000L;
				while (System.nanoTime() < spin) {
					Thread.onSpinWait();
				}
				request.dispose();
			}
			Flux<byte[]> both = Flux.range(0, 20)
				.flatMap((i) -> transport.send(upstream.get("/")).flatMap((answer) -> answer.bytes(4)));
			StepVerifier.create(both).expectNextCount(20).expectComplete().verify(Duration.ofSeconds(20));
		}
	}

	private static RawUpstream answering() throws IOException {
		return new RawUpstream((self, socket) -> {
			while (!RawUpstream.readHead(socket).isEmpty()) {
				RawUpstream.write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabcd");
			}
		});
	}

}
