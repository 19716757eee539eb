package dev.sluice.store.link;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * That an upstream lets a repository's blob be pulled. Immutable.
 *
 * @param length the blob's length in bytes, if it was told
 * @param confirmed when the upstream said so last, to the second
 * @param fingerprint of who it was that it said so to
 */
public record Link(OptionalLong length, Instant confirmed, String fingerprint) {

	/**
	 * Whether it was confirmed not too long ago. A clock may have been set back: what
	 * lies ahead counts as old.
	 * @param now the time
	 * @param age how long ago at most
	 * @return whether it was
	 */
	public boolean isWithin(Instant now, Duration age) {
		return !this.confirmed.isAfter(now) && this.confirmed.plus(age).isAfter(now);
	}

}
