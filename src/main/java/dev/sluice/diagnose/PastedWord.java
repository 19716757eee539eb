package dev.sluice.diagnose;

import java.util.regex.Pattern;

/**
 * One word of what was pasted. Immutable.
 *
 * @param text the word without quotes, brackets and punctuation around it; a variable or
 * a template has them still
 * @param colon whether a colon stands behind it
 */
record PastedWord(String text, boolean colon) {

	private static final String QUOTES = "\"'`";

	private static final String OPENING = QUOTES + "([{";

	private static final String CLOSING = QUOTES + ",;:)]}.!?";

	private static final Pattern IPV6 = Pattern.compile("\\[[0-9A-Fa-f:.]{2,45}+]");

	static PastedWord of(String raw) {
		int start = 0;
		while (start < raw.length() && OPENING.indexOf(raw.charAt(start)) >= 0 && !isKept(raw, start)) {
			start++;
		}
		int end = raw.length();
		boolean colon = false;
		while (end > start && CLOSING.indexOf(raw.charAt(end - 1)) >= 0 && !raw.startsWith("...", end - 3)) {
			end--;
			colon |= raw.charAt(end) == ':';
		}
		return new PastedWord(raw.substring(start, end), colon);
	}

	/** An address of IPv6, and a template. */
	private static boolean isKept(String raw, int start) {
		return raw.startsWith("{{", start)
				|| (raw.charAt(start) == '[' && IPV6.matcher(raw).region(start, raw.length()).lookingAt());
	}

	/**
	 * What it names where no sentence goes on behind it.
	 * @return the text, with a colon behind which a tag is missing
	 */
	String named() {
		return (this.colon && !ImageWord.isTagged(this.text)) ? this.text + ":" : this.text;
	}

	/**
	 * Whether nobody here knows what it is.
	 * @return whether a variable or a template is in it
	 */
	boolean isVariable() {
		return this.text.indexOf('$') >= 0 || this.text.contains("{{");
	}

}
