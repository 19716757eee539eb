package dev.sluice.diagnose;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What was pasted, in words, and these in lines: as many as there are commands. What
 * stands behind a comment sign or an arrow isn't part of any. Immutable.
 *
 * @param lines the lines that hold any word
 */
record PastedText(List<Line> lines) {

	private static final Pattern CONTINUED = Pattern.compile("[\\\\`^][ \\t]{0,20}+\\r?+\\n");

	/** Between commands; a single ampersand may stand in a URL. */
	private static final Pattern BETWEEN = Pattern.compile("[\\r\\n|]++|&&|;(?=\\s)|;\\z|\\s&(?=\\s)|\\s&\\z");

	private static final Pattern BLANKS = Pattern.compile("\\s++");

	/** What was escaped in a log line. */
	private static final Pattern ESCAPED = Pattern.compile("\\\\{1,16}+(?=[\"'])");

	private static final Set<String> ENDS = Set.of("#", ">", ">>", "2>&1", "2>", "&>", "<");

	private static final Set<String> PROMPTS = Set.of("$", "#", ">", "%", "+", "-", "\\");

	PastedText {
		lines = List.copyOf(lines);
	}

	/**
	 * Takes a text apart.
	 * @param text what was pasted
	 * @return its lines
	 */
	static PastedText of(String text) {
		String whole = ESCAPED.matcher(CONTINUED.matcher(text).replaceAll(" ")).replaceAll("");
		List<Line> lines = new ArrayList<>();
		for (String command : BETWEEN.split(whole, -1)) {
			List<Word> words = words(command);
			if (!words.isEmpty()) {
				lines.add(new Line(words));
			}
		}
		return new PastedText(lines);
	}

	private static List<Word> words(String command) {
		List<Word> words = new ArrayList<>();
		for (String raw : BLANKS.split(command.strip(), -1)) {
			boolean first = words.isEmpty();
			if (ENDS.contains(raw) && !first) {
				break;
			}
			Word word = Word.of(raw);
			if (!word.text().isEmpty() && !(PROMPTS.contains(raw) && (first || raw.equals("\\")))) {
				words.add(word);
			}
		}
		return words;
	}

	/**
	 * One command or sentence.
	 *
	 * @param words its words, at least one
	 */
	record Line(List<Word> words) {

		Line {
			words = List.copyOf(words);
		}

	}

	/**
	 * One word.
	 *
	 * @param text without quotes, brackets and punctuation around it
	 * @param quoted whether a quote stands before it
	 * @param colon whether a colon stands behind it
	 */
	record Word(String text, boolean quoted, boolean colon) {

		private static final String QUOTES = "\"'`‘’“”";

		private static final String OPENING = QUOTES + "([{<$";

		private static final String CLOSING = QUOTES + ",;:)]}>.!?…";

		private static final Pattern IPV6 = Pattern.compile("\\[[0-9A-Fa-f:.]{2,45}+]");

		static Word of(String raw) {
			int start = 0;
			int end = raw.length();
			while (start < end && OPENING.indexOf(raw.charAt(start)) >= 0 && !isAddressAt(raw, start)) {
				start++;
			}
			while (end > start && CLOSING.indexOf(raw.charAt(end - 1)) >= 0) {
				end--;
			}
			boolean quoted = raw.chars().limit(start).anyMatch((c) -> QUOTES.indexOf(c) >= 0);
			return new Word(raw.substring(start, end), quoted, raw.substring(end).indexOf(':') >= 0);
		}

		private static boolean isAddressAt(String raw, int start) {
			return raw.charAt(start) == '[' && IPV6.matcher(raw).region(start, raw.length()).lookingAt();
		}

		boolean isOption() {
			return this.text.startsWith("-");
		}

	}

}
