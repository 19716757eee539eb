package dev.sluice.store;

import java.time.Duration;

import dev.sluice.store.space.SpaceLimits;

/**
 * How much a store may hold. Immutable.
 *
 * @param maxFills how many blobs come in at once
 * @param maxSize bytes on disk, in allocated blocks, what comes in and links included
 * @param minFreeDisk bytes of the file system that are left to others
 * @param maxBlobSize bytes; larger blobs pass the store by
 * @param maxAge how long a blob is kept after its last use; zero for as long as there is
 * room
 */
public record StoreLimits(int maxFills, long maxSize, long minFreeDisk, long maxBlobSize, Duration maxAge) {

	private static final long LINK_FILE = 4096;

	private static final long LINKS_PART = 50;

	private static final int MOST_LINKS = 1_000_000;

	/** How many links are kept: a fiftieth of the room, a block each. */
	int maxLinks() {
		return Math.clamp(this.maxSize / LINKS_PART / LINK_FILE, 0, MOST_LINKS);
	}

	/** The links' room is theirs, used or not: nobody need count them then. */
	SpaceLimits ofTheDisk() {
		return new SpaceLimits(this.maxSize - maxLinks() * LINK_FILE, this.minFreeDisk, this.maxBlobSize, this.maxAge);
	}

}
