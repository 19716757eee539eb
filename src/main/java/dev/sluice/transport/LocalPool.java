package dev.sluice.transport;

import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import reactor.netty.resources.ConnectionPoolMetrics;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.ConnectionProvider.MeterRegistrar;

/** The connections of one event loop. Thread-safe. */
final class LocalPool implements MeterRegistrar {

	private final ConnectionProvider provider;

	/** One entry for each origin that has a pool now. */
	private final Map<SocketAddress, ConnectionPoolMetrics> use = new ConcurrentHashMap<>();

	/**
	 * A pool.
	 * @param settings all but its size
	 * @param connections the most for an origin
	 * @param pending how many requests may wait for one
	 */
	LocalPool(ConnectionProvider.Builder settings, int connections, int pending) {
		this.provider = settings.maxConnections(connections)
			.pendingAcquireMaxCount(pending)
			.metrics(true, () -> this)
			.build();
	}

	ConnectionProvider provider() {
		return this.provider;
	}

	/**
	 * Whether a request would get a connection without waiting for another to end.
	 * @param origin the address asked
	 * @return whether one is idle or may be opened, as far as can be told while others
	 * ask too
	 */
	boolean hasOneFor(SocketAddress origin) {
		ConnectionPoolMetrics now = this.use.get(origin);
		return now == null || now.idleSize() + now.maxAllocatedSize() - now.allocatedSize() > now.pendingAcquireSize();
	}

	/**
	 * How many requests wait for a connection.
	 * @param origin the address asked
	 * @return about so many
	 */
	int waitingFor(SocketAddress origin) {
		ConnectionPoolMetrics now = this.use.get(origin);
		return (now != null) ? now.pendingAcquireSize() : 0;
	}

	@Override
	public void registerMetrics(String pool, String id, SocketAddress origin, ConnectionPoolMetrics metrics) {
		this.use.put(origin, metrics);
	}

	@Override
	public void deRegisterMetrics(String pool, String id, SocketAddress origin) {
		this.use.remove(origin);
	}

}
