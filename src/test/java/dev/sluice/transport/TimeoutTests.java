package dev.sluice.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import dev.sluice.oci.OverloadException.Overloaded;
import dev.sluice.oci.UpstreamException.UpstreamTimedOut;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.resolver.DefaultAddressResolverGroup;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * How long is waited, for what, and how many may wait.
 */
class TimeoutTests {

	private static final Duration SHORT = Duration.ofMillis(300);

	@Test
	void givesUpOnAnUpstreamThatDoesNotAnswer() throws IOException {
		try (RawUpstream upstream = new RawUpstream((self, socket) -> {
			RawUpstream.readHead(socket);
			self.awaitClose(socket);
		}); NettyTransport transport = upstream.transport(Settings.response(SHORT))) {
			assertThatExceptionOfType(UpstreamTimedOut.class)
				.isThrownBy(() -> transport.send(upstream.get("/?token=s3cret")).block(Duration.ofSeconds(10)))
				.withMessage(upstream.origin() + ": sent nothing for 300 ms after the request");
		}
	}

	@Test
	void givesUpOnABodyThatStallsWhileMoreIsWanted() throws IOException {
		try (RawUpstream upstream = stalling(); NettyTransport transport = upstream.transport(Settings.idle(SHORT))) {
			Flux<ByteBuf> body = transport.send(upstream.get("/")).flatMapMany(Answer::body);
			StepVerifier.create(body)
				.consumeNextWith(ByteBuf::release)
				.expectErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(UpstreamTimedOut.class)
					.hasMessage(upstream.origin() + ": sent nothing for 300 ms after 4 of 10 bytes"))
				.verify(Duration.ofSeconds(10));
		}
	}

	@Test
	void hasPatienceWithAReaderWhoWantsNothing() throws IOException {
		String body = "x".repeat(4 * 1024 * 1024);
		try (RawUpstream upstream = new RawUpstream((self, socket) -> {
			RawUpstream.readHead(socket);
			RawUpstream.write(socket, "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
			self.awaitClose(socket);
		}); NettyTransport transport = upstream.transport(Settings.timeouts(Duration.ofSeconds(9), SHORT, SHORT))) {
			Flux<ByteBuf> slow = transport.send(upstream.get("/")).flatMapMany(Answer::body);
			List<Integer> sizes = new ArrayList<>();
			StepVerifier.create(slow, 1)
				.consumeNextWith((buffer) -> take(buffer, sizes))
				.expectNoEvent(SHORT.multipliedBy(4))
				.thenRequest(Long.MAX_VALUE)
				.thenConsumeWhile((buffer) -> true, (buffer) -> take(buffer, sizes))
				.expectComplete()
				.verify(Duration.ofSeconds(20));
			assertThat(sizes.stream().mapToInt(Integer::intValue).sum()).isEqualTo(body.length());
		}
	}

	@Test
	void leavesAnIdleConnectionInThePoolAlone() throws Exception {
		try (RawUpstream upstream = new RawUpstream((self, socket) -> {
			while (!RawUpstream.readHead(socket).isEmpty()) {
				RawUpstream.write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
			}
		}); NettyTransport transport = upstream.transport(Settings.timeouts(Duration.ofSeconds(9), SHORT, SHORT))) {
			Mono<Integer> status = transport.send(upstream.get("/")).doOnNext(Answer::release).map(Answer::status);
			Mono<Integer> later = status.delaySubscription(SHORT.multipliedBy(3));
			StepVerifier.create(Flux.concat(status, later)).expectNext(200, 200).expectComplete().verify();
			assertThat(upstream.connections).hasValue(1);
		}
	}

	@Test
	void givesUpOnATlsHandshakeThatIsNeverAnswered() throws IOException {
		try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			Origin origin = new Origin("https", "127.0.0.1", mute.getLocalPort());
			TransportSettings settings = Settings.timeouts(SHORT, Duration.ofSeconds(30), Duration.ofSeconds(30));
			try (NettyTransport transport = new NettyTransport(Set.of(origin), settings,
					LoopbackUpstream.network(DefaultAddressResolverGroup.INSTANCE))) {
				OutboundRequest request = LoopbackUpstream.request(HttpMethod.GET, origin.resolve("/v2/"));
				assertThatExceptionOfType(UpstreamTimedOut.class)
					.isThrownBy(() -> transport.send(request).block(Duration.ofSeconds(10)))
					.withMessage(origin + ": no connection within 300 ms");
			}
		}
	}

	@Test
	void refusesARequestWhenTooManyWaitForAConnection() throws IOException {
		try (RawUpstream upstream = stalling();
				NettyTransport transport = upstream.transport(Settings.pool(1, 1, Duration.ofSeconds(20)))) {
			Answer first = LoopbackUpstream.await(transport.send(upstream.get("/1")));
			var second = transport.send(upstream.get("/2")).subscribe();
			assertThatExceptionOfType(Overloaded.class)
				.isThrownBy(() -> transport.send(upstream.get("/3")).block(Duration.ofSeconds(10)))
				.withMessage(upstream.origin()
						+ ": too many requests wait for a connection (sluice.upstreams[].pool.size is 1, pool.pending 1)");
			second.dispose();
			first.release();
		}
	}

	@Test
	void refusesARequestWhenNoConnectionBecomesFree() throws IOException {
		try (RawUpstream upstream = stalling();
				NettyTransport transport = upstream.transport(Settings.pool(1, 1, SHORT))) {
			Answer first = LoopbackUpstream.await(transport.send(upstream.get("/1")));
			assertThatExceptionOfType(Overloaded.class)
				.isThrownBy(() -> transport.send(upstream.get("/2")).block(Duration.ofSeconds(10)))
				.withMessageContaining("no connection became free within 300 ms");
			first.release();
		}
	}

	private static void take(ByteBuf buffer, List<Integer> sizes) {
		sizes.add(buffer.readableBytes());
		buffer.release();
	}

	private static RawUpstream stalling() throws IOException {
		return new RawUpstream((self, socket) -> {
			RawUpstream.readHead(socket);
			RawUpstream.write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabcd");
			self.awaitClose(socket);
		});
	}

}
