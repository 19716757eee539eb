package dev.sluice.diagnose;

/**
 * One thing that was looked at. Immutable; holds no secret.
 *
 * @param level how good it is
 * @param text what was found
 */
public record Finding(Level level, String text) {

	/** Not asked, or it doesn't apply. */
	static final Finding NONE = new Finding(Level.NONE, "-");

	static Finding ok(String text) {
		return new Finding(Level.OK, text);
	}

	static Finding note(String text) {
		return new Finding(Level.NOTE, text);
	}

	static Finding failed(String text) {
		return new Finding(Level.FAILED, text);
	}

}
