package dev.sluice.store;

import java.time.Duration;

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
}
