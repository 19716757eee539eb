package dev.sluice.store.space;

import java.time.Duration;

/**
 * The bounds of the disk. Immutable.
 *
 * @param maxSize bytes on disk that are taken at most
 * @param minFreeDisk bytes of the file system that are left to others
 * @param maxBlobSize bytes of a blob that gets room
 * @param maxAge how long a blob is kept after its last use; zero for as long as there is
 * room
 */
public record SpaceLimits(long maxSize, long minFreeDisk, long maxBlobSize, Duration maxAge) {
}
