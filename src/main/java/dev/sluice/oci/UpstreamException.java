package dev.sluice.oci;

/**
 * What the upstream, or the network on the way to it, did wrong.
 */
public abstract sealed class UpstreamException extends RegistryException {

	private UpstreamException(ErrorCode code, String message, Throwable... cause) {
		super(code, message, cause);
	}

	/**
	 * No connection: refused, name not resolved, TLS failure, broken before an answer.
	 */
	public static final class UpstreamUnreachable extends UpstreamException {

		public UpstreamUnreachable(String message, Throwable cause) {
			super(ErrorCode.UNAVAILABLE, message, cause);
		}

	}

	/** An address that the guard forbids, or a way from https to http. */
	public static final class ForbiddenAddress extends UpstreamException {

		public ForbiddenAddress(String message) {
			super(ErrorCode.UNAVAILABLE, message);
		}

	}

	/** The upstream answers 5xx. */
	public static final class UpstreamFailed extends UpstreamException {

		public UpstreamFailed(String message) {
			super(ErrorCode.UNAVAILABLE, message);
		}

	}

	/** The upstream answers nonsense: HTML, a wrong digest, an encoding, too large. */
	public static final class InvalidAnswer extends UpstreamException {

		public InvalidAnswer(String message) {
			super(ErrorCode.UNAVAILABLE, message);
		}

	}

	/** No first byte within the time allowed. */
	public static final class UpstreamTimedOut extends UpstreamException {

		public UpstreamTimedOut(String message, Throwable cause) {
			super(ErrorCode.UNAVAILABLE, message, cause);
		}

	}

}
