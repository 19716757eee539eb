package dev.sluice.testing;

/**
 * What goes wrong while a body is sent. Offsets are into the body as sent.
 */
sealed interface BodyFault {

	/** Nothing. */
	record None() implements BodyFault {
	}

	/** Pauses at {@code offset} until the gate opens. */
	record Stall(long offset, Gate gate) implements BodyFault {
	}

	/** Closes the connection in an orderly way at {@code offset}. */
	record Close(long offset) implements BodyFault {
	}

	/** Resets the connection at {@code offset}. */
	record Reset(long offset) implements BodyFault {
	}

}
