package dev.sluice.store.fill;

import java.security.MessageDigest;
import java.util.Optional;

/**
 * The disk failed under a fill: what it has shown until then is right if the rest makes
 * the blob of it, and that is to be had elsewhere.
 */
public final class DiskFailedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final long shown;

	private final transient MessageDigest sum;

	/**
	 * The disk failed.
	 * @param cause how
	 * @param shown how many bytes readers may read
	 * @param sum the sum over these, which nobody changes any more
	 */
	DiskFailedException(Throwable cause, long shown, MessageDigest sum) {
		super("the store's disk failed", cause);
		this.shown = shown;
		this.sum = sum;
	}

	/**
	 * The sum over all that comes before a byte, to be gone on with.
	 * @param position the byte
	 * @return a sum of the caller's own; empty if the fill's can't be gone on with from
	 * there
	 */
	public Optional<MessageDigest> sumTo(long position) {
		return (position == this.shown) ? Optional.of(Sums.copy(this.sum)) : Optional.empty();
	}

}
