package dev.sluice.diagnose;

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
	private static final Pattern ASSIGNED = Pattern.compile("\\s{0,40}+(?:export\\s{1,40}+)?+\\w{1,80}+=\"?+");

	private Substitutions() {
	}

	/**
	 * Puts a variable in each one's place.
	 * @param text what was pasted
	 * @return the text without them; a row stays as it is from one on that doesn't close
	 */
	static String replaced(String text) {
		return (text.indexOf(OPEN) < 0) ? text
				: Stream.of(text.split("\n", -1)).map(Substitutions::inRow).collect(Collectors.joining("\n"));
	}

	private static String inRow(String row) {
		StringBuilder replaced = new StringBuilder(row.length());
		int from = 0;
		int open = row.indexOf(OPEN);
		if (open >= 0 && ASSIGNED.matcher(row).region(0, open).matches()) {
			open = row.indexOf(OPEN, open + OPEN.length());
		}
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
