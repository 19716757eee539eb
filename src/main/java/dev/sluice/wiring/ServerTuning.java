package dev.sluice.wiring;

import java.time.Duration;
import java.util.Objects;

import dev.sluice.settings.SluiceProperties;
import dev.sluice.transport.CountedHeaders;
import dev.sluice.web.FrontDoor;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpRequestDecoderSpec;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerConfig;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.HttpServerState;

import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.http.client.ReactorResourceFactory;

/**
 * Bounds how long a client may hold a connection without moving: a request that dawdles,
 * a connection that idles, a reader that stopped reading; and how many there may be.
 * Keeps accepting apart from serving.
 */
class ServerTuning implements WebServerFactoryCustomizer<NettyReactiveWebServerFactory> {

	private static final Duration REQUEST = Duration.ofSeconds(30);

	private static final Duration IDLE = Duration.ofMinutes(2);

	private static final Duration STALLED = Duration.ofMinutes(2);

	/** As other servers take: clients of registries send a dozen. */
	private static final int HEADER_LINES = 100;

	/** What may wait for one client before no more is read from its upstream. */
	private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(32 * 1024, 64 * 1024);

	/** What each connection may cost: its own objects, and half of a request's head. */
	private static final int HEAP_EACH = 64 * 1024;

	private static final int LEAST_CONNECTIONS = 1000;

	private final FrontDoor door;

	private final int connections;

	private final ReactorResourceFactory loops = new ReactorResourceFactory();

	ServerTuning(FrontDoor door, ServerLoops loops, SluiceProperties properties) {
		this.door = door;
		this.connections = Objects.requireNonNullElseGet(properties.maxConnections(), ServerTuning::bearable);
		this.loops.setUseGlobalResources(false);
		this.loops.setLoopResources(loops);
	}

	@Override
	public void customize(NettyReactiveWebServerFactory factory) {
		factory.setResourceFactory(this.loops);
		factory.addServerCustomizers(this::tuned);
	}

	/** Spring Boot's own customizers come first: what they set is kept. */
	private HttpServer tuned(HttpServer server) {
		HttpServerConfig settings = server.configuration();
		return server.childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
			.requestTimeout(REQUEST)
			.idleTimeout(Objects.requireNonNullElse(settings.idleTimeout(), IDLE))
			.doOnBound((port) -> port.channel().pipeline().addFirst(new ConnectionLimit(this.connections)))
			.childObserve(ServerTuning::withoutChunks)
			.doOnChannelInit((observer, client, address) -> {
				countHeaders(client, settings);
				this.door.guard(client);
			})
			.doOnConnection((connection) -> connection.addHandlerLast(new StalledClient(STALLED)));
	}

	private static int bearable() {
		return Math.clamp(Runtime.getRuntime().maxMemory() / HEAP_EACH, LEAST_CONNECTIONS, Integer.MAX_VALUE);
	}

	/**
	 * HTTP/1.0 knows no chunks (RFC 9112, 6.1): what has no length ends with the
	 * connection, which Reactor Netty sees to.
	 */
	private static void withoutChunks(Connection exchange, ConnectionObserver.State state) {
		if (state == HttpServerState.REQUEST_RECEIVED && exchange instanceof HttpServerRequest request
				&& request.version().equals(HttpVersion.HTTP_1_0) && exchange instanceof HttpServerResponse response) {
			response.chunkedTransfer(false);
		}
	}

	/** Reactor Netty bounds how long a request's headers are, and not how many. */
	private static void countHeaders(Channel client, HttpServerConfig settings) {
		HttpRequestDecoderSpec limits = settings.decoder();
		HttpDecoderConfig counted = new HttpDecoderConfig().setHeadersFactory(CountedHeaders.upTo(HEADER_LINES))
			.setTrailersFactory(CountedHeaders.upTo(HEADER_LINES))
			.setMaxInitialLineLength(limits.maxInitialLineLength())
			.setMaxHeaderSize(limits.maxHeaderSize())
			.setInitialBufferSize(limits.initialBufferSize());
		client.pipeline()
			.replace(NettyPipeline.HttpCodec, NettyPipeline.HttpCodec,
					new HttpServerCodec(counted, settings.maxPipelineDepth()));
	}

}
