package dev.sluice.oci;

/**
 * Text from outside made fit for one line of a log or a message: control characters
 * replaced, cut at 200 characters.
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
		String head = (text.length() > LIMIT) ? text.substring(0, LIMIT) + "…" : text;
		return head.replaceAll("\\p{C}", "?");
	}

}
