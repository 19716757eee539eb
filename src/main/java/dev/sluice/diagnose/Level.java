package dev.sluice.diagnose;

import java.util.Locale;

/**
 * How good a finding is.
 */
public enum Level {

	/** As it should be. */
	OK,
	/** No fault, but worth knowing. */
	NOTE,
	/** A fault. */
	FAILED,
	/** Not asked, or it doesn't apply. */
	NONE;

	/** In lower case, as it is shown. */
	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

}
