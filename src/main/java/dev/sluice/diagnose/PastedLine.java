package dev.sluice.diagnose;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A row of what was pasted, or one of several commands in it. Immutable.
 *
 * @param text its text
 * @param words its words, as a shell takes them: what stands in quotes is one, without
 * them
 */
record PastedLine(String text, List<String> words) {

	/**
	 * A single ampersand may stand in a URL. Behind a quote that never closes nothing is
	 * a word of its own.
	 */
	private static final Pattern TOKEN = Pattern.compile("(?<end>\\|++|&&|;|&(?=\\s|\\z))"
			+ "|(?<word>(?:\"[^\"]*+\"|'[^']*+'|[^\\s\"'|;&]|&(?![&\\s]|\\z))++)|(?<open>[\"'])");

	private static final Pattern QUOTED = Pattern.compile("\"([^\"]*+)\"|'([^']*+)'");

	/** What stands behind a comment sign or an arrow is no word of a command. */
	private static final Set<String> ENDS = Set.of("#", ">", ">>", "2>&1", "2>", "&>", "<", "<<<");

	PastedLine {
		words = List.copyOf(words);
	}

	/**
	 * Takes a row apart.
	 * @param row the row
	 * @return its commands, without those that have no word
	 */
	static List<PastedLine> in(String row) {
		List<PastedLine> lines = new ArrayList<>();
		List<String> words = new ArrayList<>();
		int start = 0;
		Matcher token = TOKEN.matcher(row);
		while (token.find()) {
			if (token.group("open") != null) {
				break;
			}
			if (token.group("word") != null) {
				words.add(QUOTED.matcher(token.group()).replaceAll("$1$2"));
				continue;
			}
			add(lines, row.substring(start, token.start()), words);
			words.clear();
			start = token.end();
		}
		add(lines, row.substring(start), words);
		return lines;
	}

	private static void add(List<PastedLine> lines, String text, List<String> words) {
		if (words.stream().anyMatch((word) -> !word.isEmpty())) {
			int end = 1;
			while (end < words.size() && !ENDS.contains(words.get(end))) {
				end++;
			}
			lines.add(new PastedLine(text, words.subList(0, end)));
		}
	}

}
