package dev.sluice.testing;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds a parser to the time that one input may take on an event loop: 50 ms of the
 * thread's own CPU time, so that other processes don't count. What takes longer is tried
 * again before it counts: the first time a class may have been loaded.
 */
public final class LinearTime {

	private static final long LIMIT = 50_000_000;

	private static final int TRIES = 3;

	private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

	private LinearTime() {
	}

	/**
	 * Parses an input.
	 * @param parsing parses it; whatever it throws is passed on
	 */
	public static void spend(Runnable parsing) {
		long least = Long.MAX_VALUE;
		for (int i = 0; i < TRIES && least > LIMIT; i++) {
			long before = THREADS.getCurrentThreadCpuTime();
			parsing.run();
			least = Math.min(least, THREADS.getCurrentThreadCpuTime() - before);
		}
		assertThat(least).as("nanoseconds of CPU time for one input").isLessThanOrEqualTo(LIMIT);
	}

}
