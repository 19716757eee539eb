package dev.sluice.credential.cloud;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Reads when a credential expires from a number in an answer or a token, which may be any
 * number.
 */
public final class Expiry {

	/** The year 9999: what is beyond it has no end. */
	private static final long LAST = 253_402_300_799L;

	private Expiry() {
	}

	/**
	 * Reads a point in time.
	 * @param seconds since 1970, perhaps with a fraction
	 * @return the point, or empty if the text is no positive number
	 */
	public static Optional<Instant> at(String seconds) {
		return number(seconds).map((number) -> Instant.ofEpochMilli((long) (Math.min(number, LAST) * 1000)));
	}

	/**
	 * Reads how long something lasts.
	 * @param seconds how long
	 * @return how long, or empty if the text is no positive number
	 */
	public static Optional<Duration> in(String seconds) {
		return number(seconds).map((number) -> Duration.ofSeconds((long) Math.min(number, LAST / 2.0)));
	}

	private static Optional<Double> number(String text) {
		try {
			return Optional.of(Double.parseDouble(text)).filter((number) -> number > 0);
		}
		catch (NumberFormatException ex) {
			return Optional.empty();
		}
	}

}
