package dev.sluice.transport;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import dev.sluice.oci.UpstreamException;
import io.netty.handler.codec.http.HttpMethod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Connections that hold more than an answer, or end between two requests.
 */
class LeftoversTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	/**
	 * Registries that write a body behind their answer to HEAD; one byte of it may be all
	 * that comes.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "{}", "x", "not found\n", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwrong",
			"\r\n\r\nHTTP/1.1 404 Not Found\r\n", "<html><body>\r\n</body></html>\r\n",
			"HTTP/1.1 404 Not Found\r\nX-Swallowed: " })
	void bodyBehindAHeadCostsNoOtherRequest(String body) throws IOException {
		try (RawUpstream upstream = new RawUpstream((self, socket) -> {
			for (String head = RawUpstream.readHead(socket); !head.isEmpty(); head = RawUpstream.readHead(socket)) {
				String answer = "HTTP/1.1 200 OK\r\nContent-Length: "
						+ (head.startsWith("HEAD") ? body.length() + "\r\n\r\n" + body : "5\r\n\r\nright");
				RawUpstream.write(socket, answer);
			}
		}); NettyTransport transport = upstream.transport(Settings.pool(4, 1000, PATIENCE))) {
			List<String> bodies = Flux.range(0, 300)
				.flatMap((i) -> (i % 2 == 0) ? head(transport, upstream) : get(transport, upstream), 16)
				.collectList()
				.block(PATIENCE);
			assertThat(bodies).hasSize(300).containsOnly("right", "");
		}
	}

	@Test
	void bytesBehindABodyCostNoOtherRequest() throws IOException {
		try (RawUpstream upstream = new RawUpstream((self, socket) -> {
			for (String head = RawUpstream.readHead(socket); !head.isEmpty(); head = RawUpstream.readHead(socket)) {
				RawUpstream.write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nright, and more\r\n");
			}
		}); NettyTransport transport = upstream.transport(Settings.pool(2, 1000, PATIENCE))) {
			List<String> bodies = Flux.range(0, 100)
				.flatMap((i) -> get(transport, upstream), 8)
				.collectList()
				.block(PATIENCE);
			assertThat(bodies).hasSize(100).containsOnly("right");
		}
	}

	/** What the second answer says is nobody's. */
	@Test
	void anAnswerThatNobodyAskedForIsNobodys() throws IOException {
		String wrong = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwrong";
		try (RawUpstream upstream = new RawUpstream((self, socket) -> {
			for (String head = RawUpstream.readHead(socket); !head.isEmpty(); head = RawUpstream.readHead(socket)) {
				RawUpstream.write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nright" + wrong);
			}
		}); NettyTransport transport = upstream.transport(Settings.pool(1, 1000, PATIENCE))) {
			List<String> bodies = Flux.range(0, 50)
				.concatMap((i) -> get(transport, upstream))
				.collectList()
				.block(PATIENCE);
			assertThat(bodies).hasSize(50).containsOnly("right");
			assertThat(upstream.connections).hasValue(50);
		}
	}

	@Test
	void keepsAConnectionThatHoldsNothingMore() throws IOException {
		try (RawUpstream upstream = new RawUpstream((self, socket) -> {
			for (String head = RawUpstream.readHead(socket); !head.isEmpty(); head = RawUpstream.readHead(socket)) {
				RawUpstream.write(socket,
						"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n" + (head.startsWith("HEAD") ? "" : "right"));
			}
		}); NettyTransport transport = upstream.transport(Settings.pool(1, 1000, PATIENCE))) {
			Flux.range(0, 50)
				.concatMap((i) -> (i % 2 == 0) ? head(transport, upstream) : get(transport, upstream))
				.blockLast(PATIENCE);
			assertThat(upstream.connections).hasValue(1);
		}
	}

	/** Half of all registries close idle connections whenever it suits them. */
	@Test
	void requestOnAConnectionThatEndsMeanwhileIsSentOnceMore() throws IOException {
		AtomicInteger asked = new AtomicInteger();
		try (RawUpstream upstream = new RawUpstream((self, socket) -> {
			RawUpstream.readHead(socket);
			RawUpstream.write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nright");
			if (!RawUpstream.readHead(socket).isEmpty()) {
				asked.incrementAndGet(); // and closed without an answer
			}
		}); NettyTransport transport = upstream.transport(Settings.pool(1, 1000, PATIENCE))) {
			for (int i = 0; i < 20; i++) {
				assertThat(get(transport, upstream).block(PATIENCE)).isEqualTo("right");
			}
			assertThat(asked).hasValue(10);
		}
	}

	@Test
	void requestThatFailsOnAFreshConnectionIsNotRepeated() throws IOException {
		try (RawUpstream upstream = new RawUpstream((self, socket) -> RawUpstream.readHead(socket));
				NettyTransport transport = upstream.transport(Settings.pool(1, 1000, PATIENCE))) {
			assertThatExceptionOfType(UpstreamException.UpstreamUnreachable.class)
				.isThrownBy(() -> get(transport, upstream).block(PATIENCE));
			assertThat(upstream.connections).hasValue(1);
		}
	}

	@Test
	void postIsNeverRepeated() throws IOException {
		AtomicInteger posts = new AtomicInteger();
		try (RawUpstream upstream = new RawUpstream((self, socket) -> {
			RawUpstream.readHead(socket);
			RawUpstream.write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nright");
			if (RawUpstream.readHead(socket).startsWith("POST")) {
				posts.incrementAndGet();
			}
		}); NettyTransport transport = upstream.transport(Settings.pool(1, 1000, PATIENCE))) {
			get(transport, upstream).block(PATIENCE);
			OutboundRequest post = new OutboundRequest(HttpMethod.POST, upstream.get("/token").url(),
					upstream.get("/").headers(), "a=b");
			assertThatExceptionOfType(UpstreamException.UpstreamUnreachable.class)
				.isThrownBy(() -> transport.send(post).block(PATIENCE));
			assertThat(posts).hasValue(1);
		}
	}

	private static Mono<String> get(Transport transport, RawUpstream upstream) {
		return transport.send(upstream.get("/")).flatMap((answer) -> answer.bytes(100)).map(String::new);
	}

	private static Mono<String> head(Transport transport, RawUpstream upstream) {
		return transport.send(LoopbackUpstream.request(HttpMethod.HEAD, upstream.get("/").url())).map((answer) -> {
			answer.release();
			return "";
		});
	}

}
