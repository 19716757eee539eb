package dev.sluice.oci;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text from outside made fit for one line of a log or a message: control characters and
 * line separators replaced, cut at 200 characters.
 */
public final class Printable {

	private static final int LIMIT = 200;

	private static final Pattern SCHEME = Pattern.compile("(?i)(?:(?:https?|socks[45]?[ah]?|ftp):)?//");

	private Printable() {
	}

	/**
	 * Makes a text printable.
	 * @param text anything
	 * @return one line of at most 200 characters (and an ellipsis)
	 */
	public static String of(String text) {
		return of(text, LIMIT);
	}

	/**
	 * Makes a longer text printable.
	 * @param text anything
	 * @param limit characters at most
	 * @return one line of at most that many characters (and an ellipsis)
	 */
	public static String of(String text, int limit) {
		StringBuilder line = new StringBuilder(Math.min(text.length(), limit) + 1);
		for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
			int character = text.codePointAt(at);
			if (at + Character.charCount(character) > limit) {
				return line.append('…').toString();
			}
			line.appendCodePoint(isShown(character) ? character : '?');
		}
		return line.toString();
	}

	/**
	 * Makes a URL or an address printable, without what stands before its last @: that
	 * may be a login, whatever stands in the password.
	 * @param text anything
	 * @return one line, with an ellipsis in the login's place
	 */
	public static String withoutLogin(String text) {
		int at = text.lastIndexOf('@');
		Matcher scheme = SCHEME.matcher(text);
		String start = scheme.lookingAt() ? scheme.group() : "";
		return of((at < 0) ? text : start + "…" + text.substring(at));
	}

	private static boolean isShown(int character) {
		return switch (Character.getType(character)) {
			case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
					Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
				false;
			default -> true;
		};
	}

}
