package dev.sluice.store.space;

/**
 * What stands in the way of a blob. Immutable.
 *
 * @param bound the bound that it would pass
 * @param bytes how far
 */
record Shortage(Bound bound, long bytes) {

	/**
	 * A bound.
	 */
	enum Bound {

		/** What the store may take. */
		MAX_SIZE("max-size is reached, and nothing can be dropped for it"),

		/** What is left to others. */
		MIN_FREE_DISK("the file system has no more left than min-free-disk"),

		/** Nobody knows yet. */
		NOT_COUNTED("what it holds is still being counted against max-size");

		private final String words;

		Bound(String words) {
			this.words = words;
		}

		String words() {
			return this.words;
		}

	}

}
