package dev.sluice.wiring;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import dev.sluice.settings.InvalidSettingException;
import dev.sluice.settings.StoreProperties;
import dev.sluice.store.Store;
import dev.sluice.store.StoreLimits;
import dev.sluice.store.StoreState;
import dev.sluice.store.disk.BlobListing;
import dev.sluice.store.disk.StoreDirectory;
import dev.sluice.store.disk.StoreUnusableException;
import dev.sluice.store.fill.FillListener;

/**
 * Opens the store at the start. What keeps it from being opened keeps nobody from being
 * served, but for a directory that the settings name and another process has: who named
 * it wants a store there.
 */
final class OpenedStore {

	/** As long as one process takes to end while the next one starts. */
	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private OpenedStore() {
	}

	/**
	 * Opens it. Blocks as the disk does, and for ten seconds while another process has a
	 * directory that the settings name.
	 * @param given the settings
	 * @param variables the environment variables
	 * @param listener told of its fills
	 * @return the store, or why there is none
	 * @throws InvalidSettingException if another process has a directory that the
	 * settings name
	 */
	static StoreState open(StoreProperties given, Map<String, String> variables, FillListener listener) {
		return StorePlace.find(given.path(), variables)
			.map((place) -> open(given, place, listener))
			.orElseGet(() -> new StoreState.Unusable(
					"this user has no home directory to keep blobs in: set sluice.store.path to a directory"));
	}

	private static StoreState open(StoreProperties given, StorePlace place, FillListener listener) {
		try {
			return opened(given, place.directory(), place.isChosen() ? PATIENCE : Duration.ZERO, listener);
		}
		catch (StoreUnusableException ex) {
			String reason = String.valueOf(ex.getMessage());
			if (ex instanceof StoreUnusableException.InUse && place.isChosen()) {
				throw new InvalidSettingException(reason);
			}
			return new StoreState.Unusable(reason);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return new StoreState.Unusable("the start was interrupted while the store was opened");
		}
	}

	private static StoreState opened(StoreProperties given, Path path, Duration patience, FillListener listener)
			throws StoreUnusableException, InterruptedException {
		StoreDirectory directory = StoreDirectory.open(path, patience);
		StoreLimits limits = StoreBounds.at(path, new BlobListing(directory).known().orElse(0)).limits(given);
		return new StoreState.Open(new Store(directory, limits, listener), path, limits);
	}

}
