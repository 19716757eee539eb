package dev.sluice.store;

import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Blobs and links share what a store may hold.
 */
class StoreLimitsTests {

	private static final long BLOCK = 4096;

	@ParameterizedTest
	@ValueSource(longs = { 0, 100_000, 4_194_304, 20_000_000_000L, 1L << 50, Long.MAX_VALUE })
	void blobsAndAsManyLinksAsMayBeTakeNoMoreThanMaxSize(long maxSize) {
		StoreLimits limits = new StoreLimits(4, maxSize, 0, maxSize, Duration.ZERO);
		assertThat(limits.ofTheDisk().maxSize()).isEqualTo(maxSize - limits.maxLinks() * BLOCK);
		assertThat(limits.maxLinks() * BLOCK).isBetween(Math.min(maxSize / 50 - BLOCK, 100_000 * BLOCK), maxSize / 50);
	}

}
