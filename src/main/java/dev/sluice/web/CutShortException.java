package dev.sluice.web;

/**
 * Ends a connection whose response had begun. It has no cause on purpose: Spring takes a
 * failure that goes back to a connection reset, the upstream's too, for a client that
 * left, and would end the response as if it were whole, on a connection kept open.
 */
final class CutShortException extends RuntimeException {

	CutShortException() {
		super("the response was cut short", null, false, false);
	}

}
