package dev.sluice.diagnose;

import java.util.regex.Pattern;

/**
 * What was pasted, without what a terminal, a page or Markdown adds to it.
 */
final class CleanText {

	private static final Pattern BLANK = Pattern.compile("[\\u00a0\\u2000-\\u200a\\u202f\\u205f\\u3000]");

	private static final Pattern ROW_END = Pattern.compile("[\\u0085\\u2028\\u2029]");

	private static final Pattern DOUBLE_QUOTE = Pattern.compile("[“”]");

	private static final Pattern SINGLE_QUOTE = Pattern.compile("[‘’]");

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
		String blanks = ROW_END.matcher(BLANK.matcher(pasted).replaceAll(" ")).replaceAll("\n");
		String quotes = SINGLE_QUOTE.matcher(DOUBLE_QUOTE.matcher(blanks).replaceAll("\"")).replaceAll("'");
		return PROMPT.matcher(UNSEEN.matcher(quotes).replaceAll("")).replaceAll("");
	}

}
