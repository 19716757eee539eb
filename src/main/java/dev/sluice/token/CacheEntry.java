package dev.sluice.token;

import java.util.concurrent.CompletableFuture;

/**
 * What the token cache keeps under a key.
 */
sealed interface CacheEntry permits CacheEntry.InFlight, CachedToken {

	/**
	 * An exchange that isn't done.
	 *
	 * @param promise what all who want the token wait for
	 */
	record InFlight(CompletableFuture<Token> promise) implements CacheEntry {
	}

}
