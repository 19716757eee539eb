package dev.sluice.settings.check;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

import dev.sluice.settings.FreshnessProperties;
import dev.sluice.settings.InvalidSettingException;
import dev.sluice.settings.Size;
import dev.sluice.settings.StoreProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.convert.DurationStyle;

/**
 * What the store's settings must be, beyond their types, and beside each other.
 */
public final class StoreRule {

	/** Less was hardly meant: a unit is missing. */
	private static final Size LEAST = Size.valueOf("1MB");

	/** A blob's last use is remembered to the hour. */
	private static final Duration SHORTEST_AGE = Duration.ofHours(1);

	/** Each is a thread. */
	private static final int MOST_FILLS = 1000;

	private static final List<ChronoUnit> UNITS = List.of(ChronoUnit.DAYS, ChronoUnit.HOURS, ChronoUnit.MINUTES,
			ChronoUnit.SECONDS);

	private StoreRule() {
	}

	/**
	 * Checks them.
	 * @param store the settings of the store
	 * @param freshness how long an upstream's word holds
	 * @throws InvalidSettingException naming the first that is wrong
	 */
	public static void check(StoreProperties store, FreshnessProperties freshness) {
		requireSize("sluice.store.max-size", store.maxSize(), "; sluice.store.enabled=false turns the store off");
		requireSize("sluice.store.max-blob-size", store.maxBlobSize(), "");
		Size free = store.minFreeDisk();
		requireSize("sluice.store.min-free-disk", (free != null && free.toBytes() > 0) ? free : null,
				", or 0 for no bound");
		requireOneFits(store.maxBlobSize(), store.maxSize());
		int fills = store.maxFills();
		require(fills > 0 && fills <= MOST_FILLS, "sluice.store.max-fills", fills,
				"expected 1 or more, and " + MOST_FILLS + " at most");
		Duration age = store.maxAge();
		require(age.isZero() || age.compareTo(SHORTEST_AGE) >= 0, "sluice.store.max-age", written(age),
				"expected 1h or more, or 0 for as long as there is room");
		require(freshness.serveStale().compareTo(freshness.accessRecheck()) >= 0, "sluice.freshness.serve-stale",
				written(freshness.serveStale()), "expected no less than sluice.freshness.access-recheck, which is "
						+ written(freshness.accessRecheck()));
	}

	private static void requireSize(String property, @Nullable Size given, String otherwise) {
		require(given == null || given.toBytes() >= LEAST.toBytes(), property, given,
				"expected " + LEAST + " or more, for a number without a unit is bytes" + otherwise);
	}

	private static void requireOneFits(@Nullable Size blob, @Nullable Size all) {
		require(blob == null || all == null || blob.toBytes() <= all.toBytes(), "sluice.store.max-blob-size", blob,
				"expected no more than sluice.store.max-size, which is " + all);
	}

	private static String written(Duration duration) {
		return UNITS.stream()
			.filter((unit) -> !duration.isZero() && duration.equals(duration.truncatedTo(unit)))
			.findFirst()
			.map((unit) -> DurationStyle.SIMPLE.print(duration, unit))
			.orElseGet(() -> DurationStyle.SIMPLE.print(duration, ChronoUnit.MILLIS));
	}

	private static void require(boolean right, String property, @Nullable Object value, String allowed) {
		if (!right) {
			throw new InvalidSettingException(property, value, allowed);
		}
	}

}
