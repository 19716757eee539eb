package dev.sluice.oci;

import java.util.Optional;

/**
 * How an answer leads elsewhere (RFC 9110, 15.4): for good or for now, and by which
 * method.
 */
public enum RedirectKind {

	/** For good. */
	MOVED_PERMANENTLY(301),
	/** For now. */
	FOUND(302),
	/** For now, by GET. */
	SEE_OTHER(303),
	/** For now, by the same method. */
	TEMPORARY(307),
	/** For good, by the same method. */
	PERMANENT(308);

	private final int status;

	RedirectKind(int status) {
		this.status = status;
	}

	/**
	 * The kind that a status means.
	 * @param status an HTTP status
	 * @return the kind; empty if the status is no redirect's
	 */
	public static Optional<RedirectKind> of(int status) {
		return switch (status) {
			case 301 -> Optional.of(MOVED_PERMANENTLY);
			case 302 -> Optional.of(FOUND);
			case 303 -> Optional.of(SEE_OTHER);
			case 307 -> Optional.of(TEMPORARY);
			case 308 -> Optional.of(PERMANENT);
			default -> Optional.empty();
		};
	}

	public int status() {
		return this.status;
	}

}
