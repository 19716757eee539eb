package dev.sluice.transport;

import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.FastThreadLocalThread;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.transport.TransportConfig;

/**
 * A pool for each event loop. A connection runs on the loop that opened it, so a client's
 * bytes and its upstream's never change threads: a wake-up of another loop for each
 * buffer would halve the throughput. Thread-safe.
 */
final class LocalPools implements ConnectionProvider {

	/**
	 * A smaller pool isn't worth sharing out: its connections would lie on the wrong
	 * loop.
	 */
	private static final int SMALLEST = 16;

	private final List<ConnectionProvider> pools;

	/** One entry for each event loop. */
	private final Map<Thread, ConnectionProvider> poolOf = new ConcurrentHashMap<>();

	private final AtomicInteger given = new AtomicInteger();

	/**
	 * As many pools as there are event loops, if there are connections enough.
	 * @param loops the event loops
	 * @param each what is the same for all pools
	 * @param connections what all pools may hold together, for an origin
	 * @param pending how many requests may wait for a connection, over all pools
	 */
	LocalPools(int loops, Builder each, int connections, int pending) {
		int count = Math.clamp(connections / SMALLEST, 1, loops);
		this.pools = Stream
			.generate(() -> each.maxConnections(connections / count)
				.pendingAcquireMaxCount(Math.max(1, pending / count))
				.build())
			.limit(count)
			.toList();
	}

	@Override
	public Mono<? extends Connection> acquire(TransportConfig config, ConnectionObserver observer,
			@Nullable Supplier<? extends SocketAddress> remote, @Nullable AddressResolverGroup<?> resolver) {
		return mine().acquire(config, observer, remote, resolver);
	}

	private ConnectionProvider mine() {
		Thread caller = Thread.currentThread();
		return (caller instanceof FastThreadLocalThread) ? this.poolOf.computeIfAbsent(caller, (it) -> next())
				: this.pools.getFirst();
	}

	private ConnectionProvider next() {
		return this.pools.get(this.given.getAndIncrement() % this.pools.size());
	}

	@Override
	public void dispose() {
		this.pools.forEach(ConnectionProvider::dispose);
	}

}
