package dev.sluice.pull;

import java.util.Locale;

/**
 * Where the bytes of an answer come from.
 */
public enum Origin {

	/** A blob that is held. */
	DISK,
	/** A blob that comes in, whoever has it come. */
	FILL,
	/** The upstream, for this client alone. */
	UPSTREAM,
	/** Nowhere: Sluice says it itself, or says where it is to be had. */
	NONE;

	private final String word = name().toLowerCase(Locale.ROOT);

	/**
	 * Its name in logs and meters.
	 * @return a word
	 */
	public String word() {
		return this.word;
	}

}
