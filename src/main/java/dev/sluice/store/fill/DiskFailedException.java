package dev.sluice.store.fill;

/**
 * The disk failed under a fill: what it has shown until then is right, the rest is to be
 * had elsewhere.
 */
public final class DiskFailedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	DiskFailedException(Throwable cause) {
		super("the store's disk failed", cause);
	}

}
