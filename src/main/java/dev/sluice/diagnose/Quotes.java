package dev.sluice.diagnose;

/**
 * The quotes that are open at a place in a command: none, one, or one within another. Not
 * thread-safe.
 */
final class Quotes {

	private static final char NONE = 0;

	private char outer = NONE;

	private char inner = NONE;

	/**
	 * How many are open.
	 * @return two at most
	 */
	int open() {
		return (this.outer == NONE) ? 0 : (this.inner == NONE) ? 1 : 2;
	}

	/**
	 * Goes on.
	 * @param text what comes next
	 */
	void pass(String text) {
		for (int at = 0; at < text.length(); at++) {
			char character = text.charAt(at);
			if (character == '"' || character == '\'') {
				quote(character);
			}
		}
	}

	/** The outer quote closes both: the inner one may have been an apostrophe. */
	private void quote(char quote) {
		if (this.outer == NONE) {
			this.outer = quote;
		}
		else if (quote == this.outer) {
			this.outer = NONE;
			this.inner = NONE;
		}
		else {
			this.inner = (this.inner == NONE) ? quote : NONE;
		}
	}

}
