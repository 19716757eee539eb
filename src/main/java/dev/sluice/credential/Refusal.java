package dev.sluice.credential;

/**
 * A server refused a credential, for what was asked or at all. It never leaves Sluice's
 * own code, and holds no connection. Without a stack trace.
 */
public class Refusal extends RuntimeException {

	private final String said;

	/**
	 * A refusal.
	 * @param said who refused what, and its words: a sentence without any secret
	 */
	public Refusal(String said) {
		super(said, null, false, false);
		this.said = said;
	}

	/**
	 * Who refused what.
	 * @return a sentence without any secret
	 */
	public final String said() {
		return this.said;
	}

}
