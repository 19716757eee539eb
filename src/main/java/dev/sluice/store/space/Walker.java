package dev.sluice.store.space;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Walks once it is started, then every hour, and whenever it is asked to, with a second
 * between two walks. One daemon thread. Thread-safe.
 */
final class Walker implements AutoCloseable {

	private static final Logger LOG = LoggerFactory.getLogger(Walker.class);

	private static final Duration EVERY = Duration.ofHours(1);

	private static final Duration AFTER_A_FAILURE = Duration.ofMinutes(1);

	private static final Duration BETWEEN = Duration.ofSeconds(1);

	private final Pass pass;

	private final Semaphore wanted = new Semaphore(0);

	private final Thread thread = Thread.ofPlatform().daemon().name("store-walk").unstarted(this::run);

	/**
	 * A walker.
	 * @param pass one walk, and what is to be done after it
	 */
	Walker(Pass pass) {
		this.pass = pass;
	}

	void start() {
		this.thread.start();
	}

	/** Has it walk soon. */
	void walk() {
		if (this.wanted.availablePermits() == 0) {
			this.wanted.release();
		}
	}

	private void run() {
		try {
			while (true) {
				this.wanted.drainPermits();
				Duration rest = walked() ? EVERY : AFTER_A_FAILURE;
				TimeUnit.NANOSECONDS.sleep(BETWEEN.toNanos());
				awaitNext(rest);
			}
		}
		catch (InterruptedException _) {
			LOG.debug("the store is walked over no more");
		}
	}

	private void awaitNext(Duration rest) throws InterruptedException {
		if (this.wanted.tryAcquire(rest.toNanos(), TimeUnit.NANOSECONDS)) {
			LOG.debug("the store is walked over before its time");
		}
	}

	private boolean walked() throws InterruptedException {
		try {
			this.pass.run();
			return true;
		}
		catch (IOException | RuntimeException ex) {
			LOG.warn("what the store holds can't be counted: {}", ex.toString());
			return false;
		}
	}

	/** Ends it, within a second. */
	@Override
	public void close() {
		this.thread.interrupt();
		try {
			if (this.thread.isAlive()) {
				this.thread.join(BETWEEN);
			}
		}
		catch (InterruptedException _) {
			Thread.currentThread().interrupt();
		}
	}

	/** One walk. */
	@FunctionalInterface
	interface Pass {

		void run() throws IOException, InterruptedException;

	}

}
