package dev.sluice.credential.given;

/**
 * A part of a credential that can't be used, or that is missing. The message is a whole
 * sentence that begins with the name of what gave it, and shows no secret.
 */
public final class UnusablePartException extends RuntimeException {

	/**
	 * Says what is wrong.
	 * @param name the name of a variable or of a property
	 * @param cause what is wrong with it
	 */
	public UnusablePartException(String name, String cause) {
		super(name + ": " + cause, null, false, false);
	}

}
