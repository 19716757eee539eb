package dev.sluice.testing;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * Holds a parser to the time that one input may take on an event loop: 50 ms of the
 * thread's own CPU time, so that other processes don't count. What takes longer is tried
 * again before it counts: the first time a class may have been loaded. It stands on the
 * JDK alone, for a fuzzer instruments what it loads.
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
		if (least > LIMIT) {
			throw new AssertionError("one input took " + least / 1_000_000 + " ms of CPU time");
		}
	}

}
