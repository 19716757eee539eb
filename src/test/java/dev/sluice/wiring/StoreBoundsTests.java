package dev.sluice.wiring;

import java.time.Duration;

import dev.sluice.settings.Size;
import dev.sluice.settings.StoreProperties;
import dev.sluice.store.StoreLimits;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How much a store may hold on one disk or another.
 */
class StoreBoundsTests {

	@ParameterizedTest
	@CsvSource({ "2TB, 1TB, 0, 20GB, 10GB", "100GB, 40GB, 0, 20GB, 5GB", "100GB, 30GB, 0, 15GB, 5GB",
			"100GB, 10GB, 20GB, 15GB, 5GB", "100GB, 0, 20GB, 10GB, 5GB", "64MB, 64MB, 0, 32MB, 3200KB",
			"0, 0, 0, 20GB, 0", "8388607TiB, 8388607TiB, 1GB, 20GB, 10GB" })
	void aStoreTakesNoMoreThanHalfOfWhatThereIs(String total, String free, String held, String most, String left) {
		StoreLimits limits = new StoreBounds(bytes(total), bytes(free), bytes(held)).limits(given(null, null, null));
		assertThat(limits.maxSize()).isEqualTo(bytes(most));
		assertThat(limits.maxBlobSize()).isEqualTo(bytes(most));
		assertThat(limits.minFreeDisk()).isEqualTo(bytes(left));
	}

	@Test
	void whatIsSetCountsWhateverTheDisk() {
		StoreLimits limits = new StoreBounds(bytes("1GB"), bytes("1MB"), 0).limits(given("500GB", "0", "3GB"));
		assertThat(limits).isEqualTo(new StoreLimits(7, bytes("500GB"), 0, bytes("3GB"), Duration.ofDays(30)));
	}

	private static StoreProperties given(@Nullable String maxSize, @Nullable String minFree, @Nullable String maxBlob) {
		return new StoreProperties(true, null, size(maxSize), size(minFree), size(maxBlob), Duration.ofDays(30), 7);
	}

	private static @Nullable Size size(@Nullable String text) {
		return (text != null) ? Size.valueOf(text) : null;
	}

	private static long bytes(String text) {
		return Size.valueOf(text).toBytes();
	}

}
