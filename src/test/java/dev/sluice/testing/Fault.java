package dev.sluice.testing;

/**
 * What goes wrong while an answer is sent. Offsets are into the body as sent.
 */
sealed interface Fault {

	/** Nothing. */
	record None() implements Fault {
	}

	/** Pauses at {@code offset} until the gate opens. */
	record Stall(long offset, Gate gate) implements Fault {
	}

	/** Closes the connection in an orderly way at {@code offset}. */
	record Close(long offset) implements Fault {
	}

	/** Resets the connection at {@code offset}. */
	record Reset(long offset) implements Fault {
	}

	/** Closes the connection before any answer. */
	record HangUp() implements Fault {
	}

}
