package dev.sluice.transport;

import java.net.InetSocketAddress;
import java.time.Duration;

import dev.sluice.transport.TransportSettings.EgressProxy;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.SslContext;
import reactor.netty.NettyPipeline;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;
import reactor.netty.transport.ProxyProvider;

/**
 * The connections of one upstream under one {@link Admission}: for each origin
 * {@code poolSize} at most, closed after 30 s without use, with {@code pendingLimit}
 * requests waiting at most; the pool of an origin not called for a minute goes.
 * Thread-safe.
 *
 * @param client the client, neither direct nor by proxy yet
 * @param unpooled the same, with a new connection for each request
 * @param pool the client's connections
 * @param guard the guard it goes through
 */
record Lane(HttpClient client, HttpClient unpooled, ConnectionProvider pool,
		AddressGuard guard) implements AutoCloseable {

	private static final Duration MAX_IDLE = Duration.ofSeconds(30);

	private static final Duration SWEEP = Duration.ofSeconds(10);

	private static final Duration POOL_MAX_IDLE = Duration.ofMinutes(1);

	static Lane open(TransportSettings settings, SslContext tls, AddressGuard guard) {
		ConnectionProvider.Builder each = ConnectionProvider.builder("sluice")
			.pendingAcquireTimeout(settings.connectTimeout())
			.maxIdleTime(MAX_IDLE)
			.evictInBackground(SWEEP)
			.disposeInactivePoolsInBackground(SWEEP, POOL_MAX_IDLE)
			.lifo();
		ConnectionProvider pool = new LocalPools(LoopResources.DEFAULT_IO_WORKER_COUNT, each, settings.poolSize(),
				settings.pendingLimit());
		return new Lane(client(settings, tls, pool), client(settings, tls, ConnectionProvider.newConnection()), pool,
				guard);
	}

	/**
	 * The same way with other certificates, from its next connections on: the pool keeps
	 * connections made with others apart, and lets them go once they have served.
	 * @param settings as it was opened with
	 * @param tls the certificates
	 * @return a lane in place of this one, not to be closed in addition
	 */
	Lane with(TransportSettings settings, SslContext tls) {
		return new Lane(client(settings, tls, this.pool), client(settings, tls, ConnectionProvider.newConnection()),
				this.pool, this.guard);
	}

	/**
	 * The same way with a new connection for each request, closed behind it. For requests
	 * whose pooled connection broke: no more are under way than the pool admits and lets
	 * wait.
	 * @return a lane that isn't to be closed
	 */
	Lane withoutPool() {
		return new Lane(this.unpooled, this.unpooled, this.pool, this.guard);
	}

	/**
	 * A client that resolves names itself, under the guard's eyes.
	 * @return the client
	 */
	HttpClient direct() {
		return this.client.resolver(this.guard);
	}

	/**
	 * A client that asks a proxy for a tunnel (CONNECT), for http origins too, and leaves
	 * names to it.
	 * @param proxy the proxy
	 * @param address the proxy's address, resolved
	 * @param timeout the most the tunnel may take
	 * @return the client
	 */
	HttpClient byProxy(EgressProxy proxy, InetSocketAddress address, Duration timeout) {
		return this.client.proxy((spec) -> {
			ProxyProvider.Builder builder = spec.type(ProxyProvider.Proxy.HTTP)
				.socketAddress(address)
				.connectTimeoutMillis(timeout.toMillis());
			String password = proxy.password();
			if (proxy.username() != null) {
				builder.username(proxy.username()).password((user) -> (password != null) ? password : "");
			}
		});
	}

	private static HttpClient client(TransportSettings settings, SslContext tls, ConnectionProvider pool) {
		return HttpClient.create(pool)
			.protocol(HttpProtocol.HTTP11)
			.secure((spec) -> spec.sslContext(tls)
				.handshakeTimeout(settings.connectTimeout())
				.handlerConfigurator((handler) -> OddHostTrust.nameServer(handler.engine())))
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(settings.connectTimeout().toMillis()))
			.option(ChannelOption.RECVBUF_ALLOCATOR, ReadBudget.OF_PROCESS)
			.doOnChannelInit((observer, channel, address) -> addHandlers(channel, settings));
	}

	private static void addHandlers(Channel channel, TransportSettings settings) {
		AnswerCodec codec = new AnswerCodec();
		channel.pipeline().replace(NettyPipeline.HttpCodec, NettyPipeline.HttpCodec, codec);
		channel.pipeline()
			.addBefore(NettyPipeline.HttpCodec, "sluice.tlsAtPlainPort", new TlsAtPlainPort())
			.addBefore(NettyPipeline.ReactiveBridge, "sluice.interimAnswers", new InterimAnswers())
			.addBefore(NettyPipeline.ReactiveBridge, "sluice.leftovers", new Leftovers(codec))
			.addBefore(NettyPipeline.ReactiveBridge, "sluice.readGate",
					new ReadGate(settings.responseTimeout(), settings.idleTimeout(), ReadBudget.OF_PROCESS));
	}

	@Override
	public void close() {
		this.pool.dispose();
	}

}
