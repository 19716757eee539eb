package dev.sluice.store.disk;

/**
 * A directory can't be a store. Its message names the directory, the cause and what to
 * do.
 */
public sealed class StoreUnusableException extends Exception {

	private static final long serialVersionUID = 1L;

	StoreUnusableException(String message) {
		super(message);
	}

	/**
	 * Another process has it.
	 */
	public static final class InUse extends StoreUnusableException {

		private static final long serialVersionUID = 1L;

		InUse(String message) {
			super(message);
		}

	}

}
