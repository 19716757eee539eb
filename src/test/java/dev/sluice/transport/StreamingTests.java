package dev.sluice.transport;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import dev.sluice.oci.RegistryException;
import dev.sluice.oci.UpstreamException.UpstreamUnreachable;
import io.netty.buffer.ByteBuf;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Bodies on their way: demand, cancelling, early ends. The leak guard asks for buffers.
 */
class StreamingTests {

	private static final int MIB = 1024 * 1024;

	@Test
	void readsTheWholeBody() throws IOException {
		try (RawUpstream upstream = blob(64L * MIB);
				NettyTransport transport = upstream.transport(TransportSettings.defaults())) {
			Mono<Long> size = transport.send(upstream.get("/blob")).flatMap((answer) -> count(answer.body()));
			StepVerifier.create(size).expectNext(64L * MIB).expectComplete().verify(Duration.ofSeconds(30));
		}
	}

	@Test
	void leavesTheBodyUpstreamWhenNobodyAsksForIt() throws IOException {
		try (RawUpstream upstream = blob(1024L * MIB);
				NettyTransport transport = upstream.transport(TransportSettings.defaults())) {
			Answer answer = LoopbackUpstream.await(transport.send(upstream.get("/blob")));
			OneByOne reader = new OneByOne();
			answer.body().subscribe(reader);
			reader.next();
			Awaitility.await().until(() -> reader.received.get() > 0);
			assertThat(settled(upstream)).as("what kernel buffers hold, and a little").isLessThan(48L * MIB);
			for (int i = 0; i < 20; i++) {
				long before = reader.received.get();
				reader.next();
				Awaitility.await().until(() -> reader.received.get() > before);
			}
			assertThat(settled(upstream) - reader.received.get()).as("still no more than that").isLessThan(48L * MIB);
			reader.cancel();
			assertThat(closes(upstream)).isTrue();
		}
	}

	@Test
	void closesTheConnectionWhenTheBodyIsCancelled() throws IOException {
		try (RawUpstream upstream = blob(1024L * MIB);
				NettyTransport transport = upstream.transport(TransportSettings.defaults())) {
			Mono<Long> some = transport.send(upstream.get("/blob")).flatMap((answer) -> count(answer.body().take(3)));
			assertThat(LoopbackUpstream.await(some)).isPositive();
			assertThat(closes(upstream)).isTrue();
		}
	}

	@Test
	void closesTheConnectionWhenTheRequestIsCancelled() throws Exception {
		CountDownLatch asked = new CountDownLatch(1);
		try (RawUpstream upstream = new RawUpstream((self, socket) -> {
			RawUpstream.readHead(socket);
			asked.countDown();
			self.awaitClose(socket);
		}); NettyTransport transport = upstream.transport(TransportSettings.defaults())) {
			Disposable request = transport.send(upstream.get("/")).subscribe();
			assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
			request.dispose();
			assertThat(closes(upstream)).isTrue();
		}
	}

	@Test
	void tellsWhereABodyBroke() throws IOException {
		try (RawUpstream upstream = new RawUpstream((self, socket) -> {
			RawUpstream.readHead(socket);
			RawUpstream.write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabcd");
		}); NettyTransport transport = upstream.transport(TransportSettings.defaults())) {
			Flux<ByteBuf> body = transport.send(upstream.get("/")).flatMapMany(Answer::body);
			StepVerifier.create(body)
				.consumeNextWith(ByteBuf::release)
				.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(UpstreamUnreachable.class)
					.hasMessage("connection to " + upstream.origin() + " broke after 4 of 10 bytes"))
				.verify(Duration.ofSeconds(10));
		}
	}

	@Test
	void takesABodyWithoutLengthToItsEnd() throws IOException {
		try (RawUpstream upstream = new RawUpstream((self, socket) -> {
			RawUpstream.readHead(socket);
			RawUpstream.write(socket, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nabcd");
		}); NettyTransport transport = upstream.transport(TransportSettings.defaults())) {
			Mono<byte[]> body = transport.send(upstream.get("/")).flatMap((answer) -> answer.bytes(4));
			assertThat(new String(LoopbackUpstream.await(body), StandardCharsets.US_ASCII)).isEqualTo("abcd");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "4\r\nContent-Length: 4", "4, 4", "4,4\r\nContent-Length: 4" })
	void takesALengthThatIsSaidTwice(String length) throws IOException {
		try (RawUpstream upstream = answering("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\nabcd");
				NettyTransport transport = upstream.transport(TransportSettings.defaults())) {
			Answer answer = LoopbackUpstream.await(transport.send(upstream.get("/")));
			assertThat(answer.headers().getAll("Content-Length")).containsExactly("4");
			assertThat(LoopbackUpstream.await(answer.bytes(4))).hasSize(4);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "4\r\nContent-Length: 3", "4, 3", "3, 4" })
	void refusesLengthsThatDiffer(String lengths) throws IOException {
		try (RawUpstream upstream = answering("HTTP/1.1 200 OK\r\nContent-Length: " + lengths + "\r\n\r\nabcd");
				NettyTransport transport = upstream.transport(TransportSettings.defaults())) {
			StepVerifier.create(transport.send(upstream.get("/"))).verifyError(RegistryException.class);
		}
	}

	@Test
	void usesTheConnectionAgainWhenASmallBodyIsReleased() throws IOException {
		try (RawUpstream upstream = answering("HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\nabcd");
				NettyTransport transport = upstream.transport(Settings.pool(1, 9, Duration.ofSeconds(5)))) {
			for (int i = 0; i < 5; i++) {
				Answer answer = LoopbackUpstream.await(transport.send(upstream.get("/" + i)));
				answer.release();
				answer.release();
				StepVerifier.create(answer.body()).expectError(IllegalStateException.class).verify();
			}
			assertThat(upstream.connections).hasValue(1);
		}
	}

	@Test
	void closesTheConnectionWhenALargeBodyIsReleased() throws IOException {
		try (RawUpstream upstream = blob(1024L * MIB);
				NettyTransport transport = upstream.transport(TransportSettings.defaults())) {
			LoopbackUpstream.await(transport.send(upstream.get("/blob"))).release();
			assertThat(closes(upstream)).isTrue();
			assertThat(upstream.written.get()).isLessThan(24L * MIB);
		}
	}

	@Test
	void leavesTheConnectionAloneWhenABodyIsCancelledThatHasArrived() throws IOException {
		String small = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n1\r\nb\r\n1\r\nc\r\n0\r\n\r\n";
		try (RawUpstream upstream = answering(small);
				NettyTransport transport = upstream.transport(Settings.pool(1, 9, Duration.ofSeconds(5)))) {
			OneByOne reader = new OneByOne();
			LoopbackUpstream.await(transport.send(upstream.get("/1"))).body().subscribe(reader);
			reader.next();
			Answer second = LoopbackUpstream.await(transport.send(upstream.get("/2")));
			reader.cancel();
			assertThat(new String(LoopbackUpstream.await(second.bytes(9)), StandardCharsets.US_ASCII)).isEqualTo("abc");
			assertThat(reader.received).hasValue(1);
			assertThat(upstream.connections).hasValue(1);
		}
	}

	@Test
	void closesAnAnswerThatNobodyTouches() throws IOException {
		try (RawUpstream upstream = blob(1024L * MIB);
				NettyTransport transport = upstream.transport(Settings.idle(Duration.ofMillis(200)))) {
			LoopbackUpstream.await(transport.send(upstream.get("/blob")));
			assertThat(closes(upstream)).isTrue();
		}
	}

	private static RawUpstream blob(long size) throws IOException {
		return new RawUpstream((self, socket) -> {
			RawUpstream.readHead(socket);
			RawUpstream.write(socket, "HTTP/1.1 200 OK\r\nContent-Length: " + size + "\r\n\r\n");
			self.pour(socket, size);
			self.awaitClose(socket);
		});
	}

	private static RawUpstream answering(String answer) throws IOException {
		return new RawUpstream((self, socket) -> {
			while (!RawUpstream.readHead(socket).isEmpty()) {
				RawUpstream.write(socket, answer);
			}
		});
	}

	private static Mono<Long> count(Flux<ByteBuf> body) {
		return body.reduce(0L, (sum, buffer) -> {
			int size = buffer.readableBytes();
			buffer.release();
			return sum + size;
		});
	}

	private static long settled(RawUpstream upstream) {
		AtomicLong last = new AtomicLong(-1);
		Awaitility.await()
			.pollInterval(Duration.ofMillis(200))
			.until(() -> last.getAndSet(upstream.written.get()) == upstream.written.get());
		return last.get();
	}

	private static boolean closes(RawUpstream upstream) {
		try {
			return upstream.closedByClient.await(10, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	/** Asks for one buffer at a time. */
	private static final class OneByOne extends BaseSubscriber<ByteBuf> {

		private final AtomicLong received = new AtomicLong();

		private final CountDownLatch subscribed = new CountDownLatch(1);

		void next() {
			Awaitility.await().until(() -> this.subscribed.getCount() == 0);
			upstream().request(1);
		}

		@Override
		protected void hookOnSubscribe(Subscription subscription) {
			this.subscribed.countDown();
		}

		@Override
		protected void hookOnNext(ByteBuf buffer) {
			this.received.addAndGet(buffer.readableBytes());
			buffer.release();
		}

	}

}
