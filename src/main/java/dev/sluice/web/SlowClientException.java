package dev.sluice.web;

/**
 * A client doesn't take what is held for it, so it is held no longer.
 */
final class SlowClientException extends RuntimeException {

	SlowClientException(String message) {
		super(message, null, false, false);
	}

}
