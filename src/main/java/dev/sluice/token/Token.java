package dev.sluice.token;

import java.time.Duration;
import java.time.Instant;

import dev.sluice.credential.Secret;

/**
 * A token and how long it is good. Immutable; printing one shows no secret.
 *
 * @param value what goes behind {@code Bearer}
 * @param received when it was issued, by our clock
 * @param renewal from when on it is to be renewed, if it is in use: after three quarters
 * of its life
 * @param end until when it is used: a tenth of its life, at most 10 s, before it expires,
 * so that it doesn't expire on its way
 */
record Token(Secret value, Instant received, Instant renewal, Instant end) {

	/** The longest that any token is kept. */
	static final Duration LONGEST = Duration.ofDays(1);

	private static final Duration MARGIN = Duration.ofSeconds(10);

	/**
	 * A token just received.
	 * @param value what goes behind {@code Bearer}
	 * @param received when it was received
	 * @param life how long it lives from there
	 * @return the token
	 */
	static Token of(Secret value, Instant received, Duration life) {
		Duration kept = shorter(life, LONGEST);
		Instant end = received.plus(kept).minus(shorter(kept.dividedBy(10), MARGIN));
		return new Token(value, received, received.plus(kept.multipliedBy(3).dividedBy(4)), end);
	}

	private static Duration shorter(Duration one, Duration other) {
		return (one.compareTo(other) <= 0) ? one : other;
	}

}
