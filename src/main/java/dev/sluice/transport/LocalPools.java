package dev.sluice.transport;

import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.FastThreadLocal;
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

	private static final AtomicInteger LOOPS = new AtomicInteger();

	private static final FastThreadLocal<Integer> LOOP = new FastThreadLocal<>() {
		@Override
		protected Integer initialValue() {
			return LOOPS.getAndIncrement();
		}
	};

	private final List<ConnectionProvider> pools;

	/**
	 * As many pools as there are event loops, if there are connections enough.
	 * @param loops the event loops
	 * @param whole what all pools may hold together
	 */
	LocalPools(int loops, Builder whole, int connections, int pending) {
		int count = Math.clamp(connections / SMALLEST, 1, loops);
		this.pools = Stream
			.generate(() -> whole.maxConnections(connections / count)
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
		boolean onLoop = Thread.currentThread() instanceof FastThreadLocalThread;
		return this.pools.get(onLoop ? LOOP.get() % this.pools.size() : 0);
	}

	@Override
	public void dispose() {
		this.pools.forEach(ConnectionProvider::dispose);
	}

}
