package dev.sluice.settings;

import java.nio.file.Path;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where blobs are kept, and how many: {@code sluice.store}. Immutable.
 *
 * @param enabled whether any is
 * @param path the directory; the user's own cache directory if not given
 * @param maxSize how much it may hold; if not given, 20 GB or half of what is free and
 * what it holds, where that is less
 * @param minFreeDisk how much of its file system is left to others; if not given, a
 * twentieth of it, and 10 GB at most
 * @param maxBlobSize larger blobs pass it by; if not given, only those larger than all of
 * the store
 * @param maxAge how long a blob is kept after its last use; zero for as long as there is
 * room
 * @param maxFills how many blobs come in at once
 */
public record StoreProperties(@DefaultValue("true") boolean enabled, @Nullable Path path, @Nullable Size maxSize,
		@Nullable Size minFreeDisk, @Nullable Size maxBlobSize, @DefaultValue("0") Duration maxAge,
		@DefaultValue("64") int maxFills) {
}
