package dev.sluice.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.sluice.oci.UpstreamException.ForbiddenAddress;
import dev.sluice.oci.UpstreamException.UpstreamUnreachable;
import dev.sluice.transport.TransportSettings.EgressProxy;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.resolver.DefaultAddressResolverGroup;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Through an egress proxy that knows every name as this machine.
 */
class EgressProxyTests {

	private static final String PLAIN_TOO = "; plain http goes through a tunnel (CONNECT) too, which some proxies "
			+ "allow to port 443 alone (squid: SSL_ports)";

	private final List<String> tunnels = new CopyOnWriteArrayList<>();

	@Test
	void asksTheProxyForATunnelAndLeavesTheNameToIt() throws IOException {
		try (RawUpstream proxy = proxy();
				LoopbackUpstream upstream = answering();
				NettyTransport transport = transport(upstream.origin("registry.example"), login(proxy))) {
			Answer answer = LoopbackUpstream.await(transport.send(get(upstream.origin("registry.example"))));
			assertThat(answer.reach()).isEqualTo(Reach.PUBLIC);
			assertThat(new String(LoopbackUpstream.await(answer.bytes(99)), StandardCharsets.UTF_8)).isEqualTo("ok");
			assertThat(this.tunnels).singleElement()
				.asString()
				.startsWith("CONNECT registry.example:" + upstream.origin().port())
				.containsIgnoringCase("proxy-authorization: Basic dXNlcjpzM2NyZXQ=");
		}
	}

	@Test
	void reachesWhatTheEnvironmentSparesDirectly() throws IOException {
		try (RawUpstream proxy = proxy(); LoopbackUpstream upstream = answering()) {
			Network network = new Network(DefaultAddressResolverGroup.INSTANCE,
					Map.of("http_proxy", "http://127.0.0.1:" + proxy.origin().port()), "sluice/test");
			try (NettyTransport transport = new NettyTransport(Set.of(upstream.origin()), TransportSettings.defaults(),
					network)) {
				LoopbackUpstream.await(transport.send(get(upstream.origin()))).release();
				assertThat(this.tunnels).isEmpty();
			}
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					https | 403 Forbidden                     |
					https | 503 Service Unavailable           |
					https | 407 Proxy Authentication Required | ; check the login for it in sluice.upstreams[].proxy.url, or HTTPS_PROXY
					http  | 407 Proxy Authentication Required | ; check the login for it in sluice.upstreams[].proxy.url, or HTTP_PROXY
					http  | 503 Service Unavailable           |
					http  | 403 Forbidden                     | PLAIN
					http  | 405 Method Not Allowed            | PLAIN""")
	void saysWithWhichStatusTheProxyRefusesTheTunnel(String scheme, String status, @Nullable String advice)
			throws IOException {
		try (RawUpstream proxy = new RawUpstream((self, socket) -> {
			RawUpstream.readHead(socket);
			RawUpstream.write(socket, "HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n");
		})) {
			fails(scheme, login(proxy), "the proxy refuses the tunnel (" + status + ")"
					+ Objects.toString(advice, "").replace("PLAIN", PLAIN_TOO));
		}
	}

	@Test
	void saysThatTheProxyNeverAnsweredForATunnel() throws IOException {
		for (String scheme : List.of("https", "http")) {
			try (RawUpstream proxy = new RawUpstream((self, socket) -> RawUpstream.readHead(socket))) {
				fails(scheme, login(proxy), "the proxy opens no tunnel (disconnected)");
			}
		}
	}

	@Test
	void saysThatTheProxyRefusesConnections() throws IOException {
		RawUpstream gone = proxy();
		gone.close();
		fails("https", login(gone), "connection refused");
		fails("http", login(gone), "connection refused");
	}

	@Test
	void refusesLiteralsAndMetadataNamesThatTheProxyMustNotReach() throws IOException {
		Origin registry = new Origin("http", "registry.example", 80);
		try (RawUpstream proxy = proxy(); NettyTransport transport = transport(registry, login(proxy))) {
			for (String host : List.of("127.0.0.1", "10.0.0.1", "[::1]", "metadata.google.internal", "localhost")) {
				Mono<Answer> answer = transport.sendTo(get(new Origin("http", host, 80)),
						new Transport.Referrer(registry, Reach.PUBLIC));
				assertThatExceptionOfType(ForbiddenAddress.class).isThrownBy(answer::block).withMessageContaining(host);
			}
			assertThat(this.tunnels).isEmpty();
		}
	}

	private static void fails(String scheme, EgressProxy proxy, String why) {
		Origin registry = Origin.of(scheme, "registry.example");
		try (NettyTransport transport = transport(registry, proxy)) {
			assertThatExceptionOfType(UpstreamUnreachable.class).isThrownBy(() -> transport.send(get(registry)).block())
				.withMessage(scheme + "://registry.example by egress proxy " + proxy + ": " + why);
		}
	}

	private static EgressProxy login(RawUpstream proxy) {
		return new EgressProxy("127.0.0.1", proxy.origin().port(), "user", "s3cret", Set.of());
	}

	private static NettyTransport transport(Origin own, EgressProxy proxy) {
		return new NettyTransport(Set.of(own), Settings.proxy(proxy),
				LoopbackUpstream.network(DefaultAddressResolverGroup.INSTANCE));
	}

	private static OutboundRequest get(Origin origin) {
		return LoopbackUpstream.request(HttpMethod.GET, origin.resolve("/?secret=1"));
	}

	private static LoopbackUpstream answering() {
		return new LoopbackUpstream(
				(routes) -> routes.get("/", (request, response) -> response.sendString(Mono.just("ok"))));
	}

	/** A proxy that takes every host for 127.0.0.1. */
	private RawUpstream proxy() throws IOException {
		return new RawUpstream((self, socket) -> {
			String head = RawUpstream.readHead(socket);
			this.tunnels.add(head);
			int port = Integer.parseInt(head.substring(head.indexOf(':') + 1, head.indexOf(" HTTP")));
			try (Socket target = new Socket()) {
				target.connect(new InetSocketAddress("127.0.0.1", port));
				RawUpstream.write(socket, "HTTP/1.1 200 Connection established\r\n\r\n");
				Thread back = Thread.ofVirtual().start(() -> copy(target, socket));
				copy(socket, target);
				back.interrupt();
			}
		});
	}

	private static void copy(Socket from, Socket to) {
		try {
			from.getInputStream().transferTo(to.getOutputStream());
		}
		catch (IOException ex) {
			// one side has closed: the tunnel ends
		}
	}

}
