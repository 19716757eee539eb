package dev.sluice.store;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Whether there is a store, and why there is none. Immutable.
 */
public sealed interface StoreState extends AutoCloseable {

	@Override
	default void close() throws IOException {
	}

	/**
	 * There is one.
	 *
	 * @param store the store, closed with it
	 * @param path its directory, absolute
	 * @param limits how much it may hold
	 */
	record Open(Store store, Path path, StoreLimits limits) implements StoreState {

		@Override
		public void close() throws IOException {
			this.store.close();
		}

	}

	/** None is wanted. */
	record Off() implements StoreState {
	}

	/**
	 * None could be opened.
	 *
	 * @param reason names the directory, the cause and what to do
	 */
	record Unusable(String reason) implements StoreState {
	}

}
