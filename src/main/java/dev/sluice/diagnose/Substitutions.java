package dev.sluice.diagnose;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a shell puts in the place of a command, {@code $(id -u)}: nobody knows here what
 * that is.
 */
final class Substitutions {

	/** Stands in its place: a variable. */
	private static final String UNKNOWN = "$_";

	private static final String OPEN = "$(";

	/** What is kept in a variable is the command that was asked about. */
	private static final Pattern ASSIGNED = Pattern
		.compile("\\A\\s{0,40}+(?:export\\s{1,40}+)?+\\w{1,80}+=\"?+(?:`|\\$\\()(?<command>[^`()]++)[`)]\"?+\\s*+\\z");

	private static final Pattern QUOTED = Pattern.compile("\\s*+`([^`]++)`\\s*+");

	/** Within a command: what is in backticks alone on its row is quoted. */
	private static final Pattern BACKTICKS = Pattern.compile("(?<=\\S[ \\t]|=)(\"?+)`[^`\\s]++[ \\t][^`]*+`");

	private Substitutions() {
	}

	/**
	 * Puts a variable in each one's place.
	 * @param text what was pasted
	 * @return the text without them; a row stays as it is from one on that doesn't close
	 */
	static String replaced(String text) {
		return Stream.of(text.split("\n", -1)).map(Substitutions::inRow).collect(Collectors.joining("\n"));
	}

	private static String inRow(String line) {
		Matcher quoted = QUOTED.matcher(line);
		String whole = quoted.matches() ? quoted.group(1) : ASSIGNED.matcher(line).replaceFirst("${command}");
		String row = BACKTICKS.matcher(whole).replaceAll("$1\\" + UNKNOWN);
		StringBuilder replaced = new StringBuilder(row.length());
		int from = 0;
		int open = row.indexOf(OPEN);
		while (open >= 0) {
			int end = end(row, open + OPEN.length());
			if (end < 0) {
				break;
			}
			replaced.append(row, from, open).append(UNKNOWN);
			from = end;
			open = row.indexOf(OPEN, from);
		}
		return replaced.append(row, from, row.length()).toString();
	}

	/** Behind the bracket that closes it, or -1. */
	private static int end(String row, int start) {
		int depth = 1;
		for (int at = start; at < row.length(); at++) {
			char character = row.charAt(at);
			depth += (character == '(') ? 1 : (character == ')') ? -1 : 0;
			if (depth == 0) {
				return at + 1;
			}
		}
		return -1;
	}

}
