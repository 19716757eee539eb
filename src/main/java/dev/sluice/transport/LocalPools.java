package dev.sluice.transport;

import java.net.SocketAddress;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;

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
 * buffer would halve the throughput. While its own pool has none left for an origin, a
 * loop takes a connection of another's; while none has, it waits where fewest do. Who is
 * on no loop takes each in turn. Thread-safe.
 */
final class LocalPools implements ConnectionProvider {

	/**
	 * A smaller pool isn't worth sharing out: its connections would lie on the wrong
	 * loop.
	 */
	private static final int SMALLEST = 16;

	private final List<LocalPool> pools;

	/** One entry for each event loop. */
	private final Map<Thread, LocalPool> poolOf = new ConcurrentHashMap<>();

	private final AtomicInteger given = new AtomicInteger();

	/**
	 * As many pools as there are event loops, if there are connections enough.
	 * @param loops the event loops
	 * @param each what is the same for all pools
	 * @param connections what all pools may hold together, for an origin
	 * @param pending how many requests may wait for a connection, over all pools
	 */
	LocalPools(int loops, Builder each, int connections, int pending) {
		int count = Math.clamp(Math.min(connections / SMALLEST, pending), 1, loops);
		this.pools = IntStream.range(0, count)
			.mapToObj((i) -> new LocalPool(each, share(connections, count, i), share(pending, count, i)))
			.toList();
	}

	@Override
	public Mono<? extends Connection> acquire(TransportConfig config, ConnectionObserver observer,
			@Nullable Supplier<? extends SocketAddress> remote, @Nullable AddressResolverGroup<?> resolver) {
		return choose(remote).provider().acquire(config, observer, remote, resolver);
	}

	private LocalPool choose(@Nullable Supplier<? extends SocketAddress> remote) {
		LocalPool own = mine();
		SocketAddress address = (remote != null) ? remote.get() : null;
		if (address == null || own.hasOneFor(address)) {
			return own;
		}
		return this.pools.stream()
			.filter((other) -> other.hasOneFor(address))
			.findFirst()
			.orElseGet(() -> shortestQueue(address));
	}

	/** Or what one loop asks for at once would be too much for its share of the queue. */
	private LocalPool shortestQueue(SocketAddress address) {
		return Collections.min(this.pools, Comparator.comparingInt((pool) -> pool.waitingFor(address)));
	}

	private LocalPool mine() {
		Thread caller = Thread.currentThread();
		return (caller instanceof FastThreadLocalThread) ? this.poolOf.computeIfAbsent(caller, (it) -> next()) : next();
	}

	private LocalPool next() {
		return this.pools.get(Math.floorMod(this.given.getAndIncrement(), this.pools.size()));
	}

	private static int share(int whole, int parts, int part) {
		return whole / parts + ((part < whole % parts) ? 1 : 0);
	}

	@Override
	public void dispose() {
		this.pools.forEach((pool) -> pool.provider().dispose());
	}

}
