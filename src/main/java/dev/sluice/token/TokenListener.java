package dev.sluice.token;

import java.time.Duration;

/**
 * Told of each request to a token server, for metrics. Thread-safe; must not block.
 */
@FunctionalInterface
public interface TokenListener {

	/** Listens to nothing. */
	TokenListener NONE = (realmHost, outcome, duration) -> {
	};

	/**
	 * A request to a token server ended.
	 * @param realmHost the token server's host
	 * @param outcome how it ended
	 * @param duration how long it took
	 */
	void exchanged(String realmHost, Outcome outcome, Duration duration);

	/** How a request to a token server ended. */
	enum Outcome {

		/** With a token. */
		ISSUED,
		/** With a 4xx. */
		REFUSED,
		/** With no answer, a redirect, a 5xx, or nonsense. */
		FAILED

	}

}
