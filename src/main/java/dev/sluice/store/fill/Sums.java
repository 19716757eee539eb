package dev.sluice.store.fill;

import java.security.MessageDigest;

/**
 * Sums as far as they have come.
 */
final class Sums {

	private Sums() {
	}

	/**
	 * Another sum over the same bytes, which goes its own way from there.
	 * @param sum a sum, of an algorithm of the JDK
	 * @return the copy
	 */
	static MessageDigest copy(MessageDigest sum) {
		try {
			return (MessageDigest) sum.clone();
		}
		catch (CloneNotSupportedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
