package dev.sluice.credential.cloud;

/**
 * A cloud gives no credential to an identity that is there. Its message says why and what
 * to do, without any secret. Without a stack trace.
 */
public class CloudException extends RuntimeException {

	private final String said;

	public CloudException(String message) {
		super(message, null, false, false);
		this.said = message;
	}

	/**
	 * The message.
	 * @return the cause and what to do
	 */
	public final String said() {
		return this.said;
	}

	/** Nobody answers at that address, or not in time. */
	public static final class Unreachable extends CloudException {

		public Unreachable(String message) {
			super(message);
		}

	}

}
