package dev.sluice.oci;

/**
 * Our credential, or our having none, is refused, or the credential can't be used.
 */
public abstract sealed class CredentialException extends RegistryException {

	private CredentialException(ErrorCode code, String message) {
		super(code, message);
	}

	/** The upstream answers 401 or 403 after our best try. */
	public static final class AccessDenied extends CredentialException {

		public AccessDenied(String message) {
			super(ErrorCode.DENIED, message);
		}

	}

	/** A token server or registry refuses the credential itself. */
	public static final class CredentialRejected extends CredentialException {

		public CredentialRejected(String message) {
			super(ErrorCode.DENIED, message);
		}

	}

	/**
	 * The place where a credential is kept, such as a helper, fails to give it.
	 */
	public static final class CredentialUnavailable extends CredentialException {

		public CredentialUnavailable(String message) {
			super(ErrorCode.UNAVAILABLE, message);
		}

	}

	/**
	 * The credential that there should be can't be used: a cloud gives none to the
	 * identity that this process has there, or what was written down as one is none.
	 * Public content can be pulled all the same.
	 */
	public static final class IdentityUnavailable extends CredentialException {

		public IdentityUnavailable(String message) {
			super(ErrorCode.UNAVAILABLE, message);
		}

	}

	/**
	 * A header that we were to send isn't well formed, perhaps because a credential holds
	 * a line break: nothing was sent.
	 */
	public static final class UnsendableHeader extends CredentialException {

		public UnsendableHeader(String message) {
			super(ErrorCode.UNAVAILABLE, message);
		}

	}

}
