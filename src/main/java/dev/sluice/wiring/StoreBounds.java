package dev.sluice.wiring;

import java.io.File;
import java.nio.file.Path;

import dev.sluice.settings.Size;
import dev.sluice.settings.StoreProperties;
import dev.sluice.store.StoreLimits;
import org.jspecify.annotations.Nullable;

/**
 * How much a store may hold where the settings don't say: as much as does no harm on a
 * laptop's disk. Immutable.
 *
 * @param total how large the file system is, bytes; 0 if that isn't known
 * @param free how much of it may be used, bytes
 * @param held how much of it the store has already, bytes
 */
record StoreBounds(long total, long free, long held) {

	private static final long MOST = Size.valueOf("20GB").toBytes();

	private static final long MOST_LEFT_FREE = Size.valueOf("10GB").toBytes();

	/**
	 * The bounds of a store. Blocks as the disk does.
	 * @param directory its directory
	 * @param held what it holds already, bytes
	 * @return the bounds
	 */
	static StoreBounds at(Path directory, long held) {
		File there = directory.toFile();
		return new StoreBounds(there.getTotalSpace(), there.getUsableSpace(), held);
	}

	/**
	 * What the settings say, and these bounds where they don't.
	 * @param given the settings
	 * @return the limits
	 */
	StoreLimits limits(StoreProperties given) {
		long maxSize = bytes(given.maxSize(), harmless());
		return new StoreLimits(given.maxFills(), maxSize,
				bytes(given.minFreeDisk(), Math.min(MOST_LEFT_FREE, this.total / 20)),
				bytes(given.maxBlobSize(), maxSize), given.maxAge());
	}

	private long harmless() {
		return (this.total > 0) ? Math.min(MOST, this.free / 2 + this.held / 2) : MOST;
	}

	private static long bytes(@Nullable Size given, long otherwise) {
		return (given != null) ? given.toBytes() : otherwise;
	}

}
