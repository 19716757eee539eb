package dev.sluice.oci;

/**
 * Text from outside made fit for one line of a log or a message: control characters and
 * line separators replaced, cut at 200 characters.
 */
public final class Printable {

	private static final int LIMIT = 200;

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
		String head = (text.length() > limit) ? text.substring(0, limit) + "…" : text;
		return head.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
	}

}
