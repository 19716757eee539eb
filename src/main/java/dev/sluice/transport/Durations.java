package dev.sluice.transport;

import java.time.Duration;

/**
 * Durations as an operator writes them.
 */
final class Durations {

	private Durations() {
	}

	/**
	 * In seconds, or in milliseconds where that isn't whole.
	 * @param duration the duration
	 * @return for example {@code 60 s}
	 */
	static String text(Duration duration) {
		boolean whole = duration.toMillisPart() == 0;
		return whole ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
	}

}
