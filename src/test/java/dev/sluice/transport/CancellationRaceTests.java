package dev.sluice.transport;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/**
 * Requests cancelled at every moment around their answer's arrival, and while their body
 * is on its way. What is asserted is that no connection is lost to the pool and, once the
 * class is over, no buffer.
 */
class CancellationRaceTests {

	private static final int BLOB = 8 * 1024 * 1024;

	@Test
	void losesNoConnectionWhenCancellingRacesWithTheAnswer() throws Exception {
		try (RawUpstream upstream = answering();
				NettyTransport transport = upstream.transport(Settings.pool(2, 100, Duration.ofSeconds(10)))) {
			for (int i = 0; i < 200; i++) {
				Taker request = transport.send(upstream.get("/" + i)).subscribeWith(new Taker(Answer::release));
				spin(i * 20_000L);
				request.dispose();
			}
			Flux<byte[]> both = Flux.range(0, 20)
				.flatMap((i) -> transport.send(upstream.get("/")).flatMap((answer) -> answer.bytes(4)));
			StepVerifier.create(both).expectNextCount(20).expectComplete().verify(Duration.ofSeconds(20));
		}
	}

	@Test
	void losesNoBufferOfABodyCancelledInItsMidst() throws Exception {
		try (RawUpstream upstream = blob();
				NettyTransport transport = upstream.transport(Settings.pool(2, 200, Duration.ofSeconds(10)))) {
			for (int i = 0; i < 60; i++) {
				Disposable.Swap body = Disposables.swap();
				Taker request = transport.send(upstream.get("/" + i))
					.subscribeWith(new Taker((answer) -> body.update(answer.bytes(BLOB).subscribe())));
				spin(i * 100_000L);
				request.dispose();
				body.dispose();
			}
			Mono<byte[]> last = transport.send(upstream.get("/")).flatMap((answer) -> answer.bytes(BLOB));
			StepVerifier.create(last).expectNextCount(1).expectComplete().verify(Duration.ofSeconds(20));
		}
	}

	private static void spin(long nanos) {
		long end = System.nanoTime() + nanos;
		while (System.nanoTime() < end) {
			Thread.onSpinWait();
		}
	}

	private static RawUpstream blob() throws IOException {
		return new RawUpstream((self, socket) -> {
			while (!RawUpstream.readHead(socket).isEmpty()) {
				RawUpstream.write(socket, "HTTP/1.1 200 OK\r\nContent-Length: " + BLOB + "\r\n\r\n");
				self.pour(socket, BLOB);
			}
		});
	}

	private static RawUpstream answering() throws IOException {
		return new RawUpstream((self, socket) -> {
			while (!RawUpstream.readHead(socket).isEmpty()) {
				RawUpstream.write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabcd");
			}
		});
	}

	/**
	 * Takes an answer that comes while it leaves. A subscriber of Reactor's own lets it
	 * fall, and what nobody touches is kept for as long as an upstream may be silent:
	 * longer than this class, and than the event loops, which another class may close.
	 */
	private static final class Taker extends BaseSubscriber<Answer> {

		private final Consumer<Answer> use;

		Taker(Consumer<Answer> use) {
			this.use = use;
		}

		@Override
		protected void hookOnNext(Answer answer) {
			this.use.accept(answer);
		}

	}

}
