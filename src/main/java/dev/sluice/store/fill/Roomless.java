package dev.sluice.store.fill;

import java.time.Duration;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.sluice.oci.Digest;

/**
 * Blobs for which there was no room just now: a fill that is begun in vain has the
 * upstream asked twice. Thread-safe; holds {@value #MOST} digests at most.
 */
final class Roomless {

	private static final int MOST = 10_000;

	/** Room may be there again by then. */
	static final Duration KEPT = Duration.ofMinutes(1);

	private final Cache<Digest, Boolean> digests;

	Roomless(Ticker ticker) {
		this.digests = Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(KEPT).ticker(ticker).build();
	}

	void add(Digest digest) {
		this.digests.put(digest, true);
	}

	boolean contains(Digest digest) {
		return this.digests.getIfPresent(digest) != null;
	}

}
