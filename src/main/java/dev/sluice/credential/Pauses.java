package dev.sluice.credential;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before a rejected credential is presented again: 15 s at first, twice
 * as long each time, ten minutes at most, each a fifth shorter or longer by chance, so
 * that replicas don't ask all at once. Thread-safe.
 */
class Pauses {

	/**
	 * The shortest pause for what is presented in two forms: it was presented four times
	 * by the time that it is rejected.
	 */
	static final Duration OF_TWO_FORMS = Duration.ofMinutes(1);

	private static final Duration FIRST = Duration.ofSeconds(15);

	private static final Duration LONGEST = Duration.ofMinutes(10);

	private static final List<Duration> AFTER_USE = List.of(Duration.ofSeconds(2), Duration.ofSeconds(5),
			Duration.ofSeconds(20), Duration.ofSeconds(50));

	private static final double SPREAD = 0.2;

	static Duration longer(Duration one, Duration other) {
		return (one.compareTo(other) >= 0) ? one : other;
	}

	/**
	 * The pause for one that never worked.
	 * @param rejections how often it was rejected in a row before
	 * @return how long
	 */
	Duration after(int rejections) {
		return spread(Duration.ofMillis(Math.min(LONGEST.toMillis(), FIRST.toMillis() << Math.min(rejections, 10))));
	}

	/**
	 * The pause for one that worked until now, shorter at first, since the server that
	 * refuses it may be out of order for a moment. In the first minute it is still
	 * presented no more often than any other.
	 * @param rejections how often it was rejected in a row before
	 * @return how long
	 */
	Duration afterUse(int rejections) {
		return (rejections < AFTER_USE.size()) ? spread(AFTER_USE.get(rejections)) : after(rejections - 1);
	}

	private static Duration spread(Duration whole) {
		return Duration
			.ofMillis((long) (whole.toMillis() * ThreadLocalRandom.current().nextDouble(1 - SPREAD, 1 + SPREAD)));
	}

}
