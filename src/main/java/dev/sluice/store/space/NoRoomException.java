package dev.sluice.store.space;

/**
 * There is no room for a blob. Its message names the bound.
 */
public final class NoRoomException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	NoRoomException(String message) {
		super(message, null, false, false);
	}

}
