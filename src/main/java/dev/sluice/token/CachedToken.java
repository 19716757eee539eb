package dev.sluice.token;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A token in the cache, and when it may next be renewed. Thread-safe.
 */
final class CachedToken {

	private static final Duration PAUSE = Duration.ofSeconds(5);

	private final Token token;

	private final AtomicReference<Instant> renewal;

	CachedToken(Token token) {
		this.token = token;
		this.renewal = new AtomicReference<>(token.renewal());
	}

	Token token() {
		return this.token;
	}

	/**
	 * Claims the renewal, if it is due and nobody else is at it.
	 * @param now the time
	 * @return whether the caller is to renew it
	 */
	boolean claimRenewal(Instant now) {
		Instant due = this.renewal.get();
		return !now.isBefore(due) && this.renewal.compareAndSet(due, Instant.MAX);
	}

	/**
	 * Gives a renewal back that failed: it is tried again in 5 s at the earliest.
	 * @param now the time
	 */
	void renewalFailed(Instant now) {
		this.renewal.set(now.plus(PAUSE));
	}

}
