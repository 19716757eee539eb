package dev.sluice.transport;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import dev.sluice.oci.CredentialException;
import dev.sluice.oci.UpstreamException.InvalidAnswer;
import dev.sluice.oci.UpstreamException.UpstreamUnreachable;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is sent, and what comes back.
 */
class NettyTransportTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	@Test
	void answersWithStatusHeadersBodyAndReach() {
		try (LoopbackUpstream upstream = new LoopbackUpstream((routes) -> routes.get("/v2/",
				(request, response) -> response.status(401)
					.header("WWW-Authenticate", "Basic realm=\"x\"")
					.sendString(Mono.just("{}"))));
				NettyTransport transport = upstream.transport()) {
			Answer answer = LoopbackUpstream.await(transport.send(upstream.get("/v2/")));
			assertThat(answer.status()).isEqualTo(401);
			assertThat(answer.header("www-authenticate")).isEqualTo(Optional.of("Basic realm=\"x\""));
			assertThat(answer.reach()).isEqualTo(Reach.LOOPBACK);
			assertThat(answer.bytes(2).block(PATIENCE)).asString().isEqualTo("{}");
		}
	}

	@Test
	void sendsTheHeadersOfTheRequestAndItsOwnFew() {
		try (LoopbackUpstream upstream = echo(); NettyTransport transport = upstream.transport()) {
			OutboundRequest request = new OutboundRequest(HttpMethod.GET, upstream.origin().resolve("/a%2Fb?ns=x%20y"),
					new DefaultHttpHeaders().add("Accept", "a/b").add("Accept", "c/d"), null);
			String seen = text(transport.send(request));
			assertThat(seen.lines()).containsExactlyInAnyOrder("GET /a%2Fb?ns=x%20y",
					"host: " + upstream.origin().toString().substring("http://".length()), "user-agent: sluice/test",
					"accept-encoding: identity", "accept: a/b", "accept: c/d");
		}
	}

	@Test
	void postsAForm() {
		try (LoopbackUpstream upstream = echo(); NettyTransport transport = upstream.transport()) {
			OutboundRequest request = new OutboundRequest(HttpMethod.POST, upstream.origin().resolve("/token"),
					new DefaultHttpHeaders(), "grant_type=refresh_token&x=%C3%A9");
			assertThat(text(transport.send(request)).lines()).contains("POST /token",
					"content-type: application/x-www-form-urlencoded", "content-length: 33",
					"grant_type=refresh_token&x=%C3%A9");
		}
	}

	@Test
	void sendsExtraHeadersToItsOwnEndpointAlone() {
		TransportSettings defaults = TransportSettings.defaults();
		TransportSettings settings = new TransportSettings(defaults.tls(), defaults.connectTimeout(),
				defaults.responseTimeout(), defaults.idleTimeout(), 4, 4, null, Map.of("X-Api-Key", "k"), Set.of(),
				Set.of());
		try (LoopbackUpstream upstream = echo();
				LoopbackUpstream other = echo();
				NettyTransport transport = upstream.transport(settings)) {
			Transport.Referrer from = new Transport.Referrer(upstream.origin(), Reach.LOOPBACK);
			assertThat(text(transport.send(upstream.get("/")))).contains("x-api-key: k");
			assertThat(text(transport.sendTo(upstream.get("/"), from))).contains("x-api-key: k");
			assertThat(text(transport.sendTo(other.get("/"), from))).doesNotContain("x-api-key");
			Transport.Referrer others = new Transport.Referrer(other.origin(), Reach.LOOPBACK);
			assertThat(text(transport.sendTo(upstream.get("/"), others))).doesNotContain("x-api-key");
			Transport.Referrer astray = new Transport.Referrer(upstream.origin(), Reach.LOOPBACK, true);
			assertThat(text(transport.sendTo(upstream.get("/"), astray))).doesNotContain("x-api-key");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "Bearer sekrit\n", "Bearer sekrit\r\n", "Bearer se\r\nX-Injected: y",
			"Bearer se\r\n\r\nGET /stolen HTTP/1.1\r\n\r\n", "Bearer se\nkrit", "Bearer se\u0000krit",
			"Bearer se\u007fkrit", "Bearer se\u000bkrit", "Bearer se\u2028krit", "Bearer se\u010akrit",
			"Bearer se\u010d\u010akrit" })
	void sendsNothingWhereAHeaderWouldBeNone(String value) throws IOException {
		AtomicInteger asked = new AtomicInteger();
		try (RawUpstream upstream = new RawUpstream((self, socket) -> {
			while (socket.getInputStream().read() >= 0) {
				asked.incrementAndGet();
			}
		}); NettyTransport transport = upstream.transport(TransportSettings.defaults())) {
			for (HttpHeaders headers : List.of(new DefaultHttpHeaders(false).set("Authorization", value),
					new DefaultHttpHeaders(false).set("Accept", List.of("a/b", value)),
					new DefaultHttpHeaders(false).set("X-" + value, "y"))) {
				OutboundRequest request = OutboundRequest.of(HttpMethod.GET, upstream.get("/").url(), headers);
				assertThatExceptionOfType(CredentialException.UnsendableHeader.class)
					.isThrownBy(() -> transport.send(request).block(PATIENCE))
					.satisfies((ex) -> assertThat(ex.getMessage()).startsWith(upstream.origin().toString())
						.doesNotContain("\n", "\r"));
			}
			assertThat(asked).hasValue(0);
		}
	}

	@Test
	void followsNoRedirect() {
		try (LoopbackUpstream upstream = new LoopbackUpstream(
				(routes) -> routes.get("/a", (request, response) -> response.sendRedirect("/b")));
				NettyTransport transport = upstream.transport()) {
			Answer answer = LoopbackUpstream.await(transport.send(upstream.get("/a")));
			assertThat(answer.status()).isEqualTo(302);
			answer.release();
		}
	}

	@Test
	void refusesAnAnswerLargerThanItsReaderTakes() {
		try (LoopbackUpstream upstream = new LoopbackUpstream((routes) -> routes
			.get("/declared",
					(request, response) -> response.header("Content-Length", "3").sendString(Mono.just("abc")))
			.get("/chunked", (request, response) -> response.sendString(Mono.just("abc"))));
				NettyTransport transport = upstream.transport()) {
			for (String path : new String[] { "/declared", "/chunked" }) {
				Mono<byte[]> bytes = transport.send(upstream.get(path)).flatMap((answer) -> answer.bytes(2));
				assertThatExceptionOfType(InvalidAnswer.class).isThrownBy(() -> bytes.block(PATIENCE))
					.withMessageContaining(upstream.origin().toString())
					.withMessageContaining("larger than 2 bytes");
			}
		}
	}

	@Test
	void saysWhoRefusesConnections() {
		LoopbackUpstream upstream = echo();
		upstream.close();
		try (NettyTransport transport = upstream.transport()) {
			assertThatExceptionOfType(UpstreamUnreachable.class)
				.isThrownBy(() -> transport.send(upstream.get("/v2/?secret=1")).block(PATIENCE))
				.withMessage(upstream.origin() + ": connection refused");
		}
	}

	private static String text(Mono<Answer> answer) {
		byte[] bytes = LoopbackUpstream.await(answer.flatMap((it) -> it.bytes(65536)));
		return new String(bytes, StandardCharsets.UTF_8);
	}

	private static LoopbackUpstream echo() {
		return new LoopbackUpstream("http", (server) -> server.handle((request, response) -> {
			StringBuilder text = new StringBuilder(request.method() + " " + request.uri() + "\n");
			request.requestHeaders()
				.forEach((header) -> text.append(header.getKey().toLowerCase(Locale.ROOT))
					.append(": ")
					.append(header.getValue())
					.append("\n"));
			return response.sendString(request.receive()
				.aggregate()
				.asString()
				.defaultIfEmpty("")
				.map(text::append)
				.map(Object::toString));
		}));
	}

}
