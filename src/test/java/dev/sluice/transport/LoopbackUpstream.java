package dev.sluice.transport;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.DefaultAddressResolverGroup;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRoutes;

/**
 * A small server on loopback, and transports and requests to it.
 */
final class LoopbackUpstream implements AutoCloseable {

	final DisposableServer server;

	private final String scheme;

	LoopbackUpstream(Consumer<HttpServerRoutes> routes) {
		this("http", (server) -> server.route(routes));
	}

	LoopbackUpstream(String scheme, UnaryOperator<HttpServer> setUp) {
		this.scheme = scheme;
		this.server = setUp.apply(HttpServer.create().host("127.0.0.1").port(0)).bindNow();
	}

	Origin origin() {
		return origin("127.0.0.1");
	}

	Origin origin(String host) {
		return new Origin(this.scheme, host, ((InetSocketAddress) this.server.address()).getPort());
	}

	OutboundRequest get(String path) {
		return request(HttpMethod.GET, origin().resolve(path));
	}

	NettyTransport transport() {
		return transport(TransportSettings.defaults());
	}

	NettyTransport transport(TransportSettings settings) {
		return new NettyTransport(Set.of(origin()), settings, network(DefaultAddressResolverGroup.INSTANCE));
	}

	static <T> T await(Mono<T> mono) {
		return Objects.requireNonNull(mono.block(Duration.ofSeconds(10)));
	}

	static Network network(AddressResolverGroup<InetSocketAddress> names) {
		return new Network(names, Map.of(), "sluice/test");
	}

	static OutboundRequest request(HttpMethod method, Url url) {
		return OutboundRequest.of(method, url, new DefaultHttpHeaders());
	}

	@Override
	public void close() {
		this.server.disposeNow();
	}

}
