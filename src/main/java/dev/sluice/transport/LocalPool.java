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

	/**
	 * One entry for each origin that has a pool now. When certificates change, it has a
	 * second one, and the first goes later: the newest counts.
	 */
	private final Map<SocketAddress, Use> use = new ConcurrentHashMap<>();

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
		Use now = this.use.get(origin);
		return now == null || now.hasOne();
	}

	/**
	 * How many requests wait for a connection.
	 * @param origin the address asked
	 * @return about so many
	 */
	int waitingFor(SocketAddress origin) {
		Use now = this.use.get(origin);
		return (now != null) ? now.metrics().pendingAcquireSize() : 0;
	}

	@Override
	public void registerMetrics(String pool, String id, SocketAddress origin, ConnectionPoolMetrics metrics) {
		this.use.put(origin, new Use(id, metrics));
	}

	@Override
	public void deRegisterMetrics(String pool, String id, SocketAddress origin) {
		this.use.computeIfPresent(origin, (_, newest) -> newest.id().equals(id) ? null : newest);
	}

	/** How a pool is used. */
	private record Use(String id, ConnectionPoolMetrics metrics) {

		private boolean hasOne() {
			return this.metrics.idleSize() + this.metrics.maxAllocatedSize()
					- this.metrics.allocatedSize() > this.metrics.pendingAcquireSize();
		}

	}

}
