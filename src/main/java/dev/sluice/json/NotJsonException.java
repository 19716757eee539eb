package dev.sluice.json;

/**
 * A text that isn't the JSON object it should be. The message is the rest of a sentence
 * that begins with the text's name, and never quotes the text. Without a stack trace.
 */
public final class NotJsonException extends Exception {

	private final String position;

	NotJsonException(String message, String position) {
		super(message, null, false, false);
		this.position = position;
	}

	static NotJsonException at(String position) {
		return new NotJsonException("is no valid JSON at " + position, position);
	}

	/**
	 * Where reading ended.
	 * @return such as {@code line 3, column 7}
	 */
	public String position() {
		return this.position;
	}

}
