package dev.sluice.testing;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;

import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.GlobalEventExecutor;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.LoopResources;

/**
 * An HTTP server on loopback and a free port: records what arrives, and sends what its
 * behaviour answers, altered by the misbehaviours it was told. It has event loops of its
 * own, so that it never waits for those of the code under test. Thread-safe.
 */
public final class TestServer implements AutoCloseable {

	private final Listener listener;

	private final Function<RecordedRequest, Answer> behaviour;

	private final LoopResources loops = LoopResources.create("test-server", 1, 2, true);

	private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

	private final RequestLog requests = new RequestLog();

	private final Misbehaviours misbehaviours = new Misbehaviours();

	private final int port;

	private DisposableServer server;

	/**
	 * Starts one.
	 * @param listener where it listens
	 * @param behaviour what it answers
	 */
	public TestServer(Listener listener, Function<RecordedRequest, Answer> behaviour) {
		this.listener = listener;
		this.behaviour = behaviour;
		this.server = bind(0);
		this.port = this.server.port();
	}

	private DisposableServer bind(int onPort) {
		HttpServer unbound = HttpServer.create()
			.host("127.0.0.1")
			.port(onPort)
			.runOn(this.loops)
			.httpRequestDecoder((spec) -> spec.maxHeaderSize(128 * 1024).maxInitialLineLength(64 * 1024))
			.doOnConnection(this::connected)
			.handle(this::handle);
		SslContext tls = this.listener.tls();
		return ((tls != null) ? unbound.secure((spec) -> spec.sslContext(tls)) : unbound).bindNow();
	}

	private void connected(Connection connection) {
		this.connections.add(connection.channel());
		connection.addHandlerLast(new WriteWindow());
	}

	private Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
		AtomicReference<Channel> channel = new AtomicReference<>();
		response.withConnection((connection) -> channel.set(connection.channel()));
		return request.receive().aggregate().asString().defaultIfEmpty("").flatMap((body) -> {
			RecordedRequest recorded = record(request, body);
			Exchange exchange = new Exchange(recorded, response, channel.get(), this.requests);
			this.requests.received(recorded);
			return exchange.send(this.misbehaviours.apply(recorded, this.behaviour));
		});
	}

	private static RecordedRequest record(HttpServerRequest request, String body) {
		Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		request.requestHeaders().names().forEach((name) -> headers.put(name, request.requestHeaders().getAll(name)));
		String[] target = request.uri().split("\\?", 2);
		return new RecordedRequest(request.method().name(), target[0], (target.length == 2) ? target[1] : "", headers,
				body);
	}

	/** {@code host:port} as clients write it. */
	public String authority() {
		return this.listener.hostName() + ":" + this.port;
	}

	/** The port it listens on. */
	public int port() {
		return this.port;
	}

	/** Scheme, host and port, with no slash at the end. */
	public String url() {
		return this.listener.scheme() + "://" + authority();
	}

	/** What arrived. */
	public RequestLog requests() {
		return this.requests;
	}

	/** How many connections are open. */
	public int connections() {
		return this.connections.size();
	}

	/** Misbehaves on each request that matches, until told to behave. */
	public void misbehave(Predicate<RecordedRequest> matching, Misbehaviour misbehaviour) {
		misbehave(matching, Integer.MAX_VALUE, misbehaviour);
	}

	/** Misbehaves on the next {@code times} requests that match. */
	public void misbehave(Predicate<RecordedRequest> matching, int times, Misbehaviour misbehaviour) {
		this.misbehaviours.add(matching, times, misbehaviour);
	}

	/** Forgets all misbehaviours. */
	public void behave() {
		this.misbehaviours.clear();
	}

	/** Refuses and cuts all connections until {@link #up()}. */
	public synchronized void down() {
		this.server.disposeNow(Duration.ofSeconds(5));
		this.connections.close().awaitUninterruptibly();
	}

	/** Listens again, on the same port. */
	public synchronized void up() {
		this.server = bind(this.port);
	}

	@Override
	public void close() {
		down();
		this.loops.disposeLater(Duration.ZERO, Duration.ofSeconds(1)).onErrorResume((_) -> Mono.empty()).block();
	}

}
