package dev.sluice.diagnose;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What was pasted, without what a terminal, a page or Markdown adds to it.
 */
final class CleanText {

	/** What looks like a plain character, which stands first. */
	private static final List<String> ALIKE = List.of(" \u00a0\u2002\u2003\u2009\u202f\u3000", "\n\u0085\u2028\u2029",
			"\"“”", "'‘’");

	/** Of no width, colours of a terminal, a fence, bold. */
	private static final Pattern UNSEEN = Pattern
		.compile("[\\u00ad\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2069\\ufeff]"
				+ "|\\u001b\\[[0-9;?]{0,20}+[A-Za-z]|```(?:[a-z]{1,12}+(?=[\\r\\n]))?+|\\*\\*");

	/** A place that is no word of its own, and a bracket. */
	private static final Pattern PROMPT = Pattern.compile(
			"(?m)^[ \\t]{0,40}+(?:[A-Za-z]:\\\\[^\\r\\n>]{0,200}+>|[/~][A-Za-z0-9_./-]{0,80}+ (?=# )|\\((?=[a-z]))");

	private CleanText() {
	}

	/**
	 * Cleans a text.
	 * @param pasted what was pasted
	 * @return its characters that mean something, and plain ones for those that look the
	 * same
	 */
	static String of(String pasted) {
		String plain = pasted;
		for (String alike : ALIKE) {
			for (int at = 1; at < alike.length(); at++) {
				plain = plain.replace(alike.charAt(at), alike.charAt(0));
			}
		}
		return PROMPT.matcher(UNSEEN.matcher(plain).replaceAll("")).replaceAll("");
	}

}
