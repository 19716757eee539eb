package dev.sluice.transport;

import java.net.InetSocketAddress;

import org.junit.jupiter.api.Test;
import reactor.netty.resources.ConnectionPoolMetrics;
import reactor.netty.resources.ConnectionProvider;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is known of an origin's pool when certificates change and a second one takes its
 * place.
 */
class LocalPoolTests {

	private static final InetSocketAddress ORIGIN = InetSocketAddress.createUnresolved("registry.test", 443);

	@Test
	void theNewestPoolCountsAlsoOnceTheOldOneIsGone() {
		LocalPool pool = new LocalPool(ConnectionProvider.builder("test"), 1, 1);
		pool.registerMetrics("test", "old", ORIGIN, new Use(1));
		pool.registerMetrics("test", "new", ORIGIN, new Use(0));
		assertThat(pool.hasOneFor(ORIGIN)).isTrue();
		pool.registerMetrics("test", "newest", ORIGIN, new Use(1));
		pool.deRegisterMetrics("test", "old", ORIGIN);
		assertThat(pool.hasOneFor(ORIGIN)).isFalse();
		pool.deRegisterMetrics("test", "newest", ORIGIN);
		assertThat(pool.hasOneFor(ORIGIN)).isTrue();
	}

	/** A pool of one connection. */
	private record Use(int acquiredSize) implements ConnectionPoolMetrics {

		@Override
		public int allocatedSize() {
			return this.acquiredSize;
		}

		@Override
		public int idleSize() {
			return 0;
		}

		@Override
		public int pendingAcquireSize() {
			return 0;
		}

		@Override
		public int maxAllocatedSize() {
			return 1;
		}

		@Override
		public int maxPendingAcquireSize() {
			return 1;
		}

	}

}
