package dev.sluice.credential;

/**
 * Foreign text that can't be a credential. The message is the rest of a sentence that
 * begins with what gave it, and shows no secret. Without a stack trace.
 */
public final class UnusableCredentialException extends RuntimeException {

	private final PartKind part;

	private final String flaw;

	UnusableCredentialException(PartKind part, String flaw) {
		super("its " + part.words() + " " + flaw, null, false, false);
		this.part = part;
		this.flaw = flaw;
	}

	/** Which part of the credential it is. */
	public PartKind part() {
		return this.part;
	}

	/**
	 * What is wrong with that part.
	 * @return the rest of a sentence that begins with the part
	 */
	public String flaw() {
		return this.flaw;
	}

}
