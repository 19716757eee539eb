package dev.sluice.store.fill;

import java.util.List;

import dev.sluice.oci.Digest;

/**
 * Told of fills, on their own threads. Thread-safe; must not block.
 */
public interface FillListener {

	/** Listens to nothing. */
	FillListener NONE = new FillListener() {
	};

	/**
	 * Several as one.
	 * @param listeners whom to tell, in order
	 * @return tells them all
	 */
	static FillListener all(List<? extends FillListener> listeners) {
		return new FillListeners(List.copyOf(listeners));
	}

	/** One began. */
	default void begun() {
	}

	/** Its upstream broke off, or gave too little, and is asked for the rest. */
	default void resumed() {
	}

	/**
	 * What came is another blob.
	 * @param wanted the digest that was asked for
	 * @param came the digest of what came
	 * @param upstream who gave it
	 */
	default void mismatched(Digest wanted, Digest came, String upstream) {
	}

	/**
	 * One ended.
	 * @param outcome how
	 * @param fetched bytes that its upstreams sent in all, those that were had before
	 * included
	 */
	default void ended(Outcome outcome, long fetched) {
	}

	/**
	 * How a fill ends.
	 */
	enum Outcome {

		/** All of it came, and is held. */
		KEPT,
		/** All of it came, and the disk failed or had no room for it. */
		UNKEPT,
		/** The upstream refused it, couldn't be asked, or said that it is elsewhere. */
		NOT_GIVEN,
		/** The upstream gave some of it, and not the rest. */
		BROKEN_OFF,
		/** What came is another blob. */
		MISMATCH,
		/** There was no room for a blob of that length. */
		NO_ROOM,
		/** Sluice was shut down. */
		STOPPED

	}

}
