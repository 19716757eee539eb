package dev.sluice.upstream;

import java.util.Optional;

import dev.sluice.credential.Login;
import dev.sluice.oci.CredentialException;
import dev.sluice.oci.RegistryException;
import dev.sluice.oci.RequestException;
import dev.sluice.oci.UpstreamException;
import dev.sluice.token.RegistryRefusal;

/**
 * What came back at the end of a request's way. Nothing is decided yet.
 */
sealed interface Reply permits UpstreamAnswer, Reply.Refused {

	/** To what it is the reply. */
	Sent sent();

	/**
	 * What the endpoint asks of us.
	 * @return empty if another host answered, or nothing is asked
	 */
	Optional<RegistryRefusal> challenge();

	/** Lets go of the connection, if there is one still. */
	void release();

	/**
	 * A 400, 401 or 403, read whole, and what it means. Immutable, and holds no
	 * connection.
	 *
	 * @param sent what was asked, as whom, and what was shown
	 * @param home whether the endpoint said it, and not who it redirected to
	 * @param refusal what was said
	 */
	record Refused(Sent sent, boolean home, RegistryRefusal refusal) implements Reply {

		@Override
		public Optional<RegistryRefusal> challenge() {
			return Optional.of(this.refusal).filter((it) -> this.home && it.status() == 401);
		}

		@Override
		public void release() {
			// it was read whole
		}

		/** Whether it may be the login that is no good, since it was shown as it is. */
		boolean doubtsLogin() {
			return isOfLogin() && (this.refusal.doubts(this.sent.login().credential()) || saysLoginIsBad());
		}

		/**
		 * Of one in doubt: whether it is taken for no good, and not for one that may not.
		 */
		boolean rejectsLogin() {
			return this.refusal.status() == 401 || saysLoginIsBad();
		}

		private boolean isOfLogin() {
			return this.home && this.sent.presentsLogin() && !this.refusal.isPage();
		}

		private boolean saysLoginIsBad() {
			return this.refusal.error().loginRefused();
		}

		/**
		 * What it means where nothing is left to try. A rejected login was found out
		 * before ({@link PresentedLogins}), so that it is a denial, unless the registry
		 * says that the login has expired.
		 */
		RegistryException failure() {
			RegistryException meant = meant();
			return (this.home && !this.refusal.isPage()) ? meant : meant.secondHand();
		}

		private RegistryException meant() {
			String said = this.sent.answered(this.home, this.refusal.from().origin(), this.refusal.words());
			if (isOfLogin() && saysLoginIsBad()) {
				return new CredentialException.CredentialRejected(denied(said) + "; " + this.sent.login().remedy());
			}
			if (this.refusal.status() != 400) {
				return new CredentialException.AccessDenied(denied(said));
			}
			return this.home
					? new RequestException.RefusedAsMalformed(this.refusal.error().code().orElse("UNKNOWN"), said)
					: new UpstreamException.InvalidAnswer(said);
		}

		private String denied(String said) {
			UpstreamRequest request = this.sent.request();
			String what = (request.repository() != null) ? " for " + request.repository() : "";
			return said + what + "; " + (this.home ? who() : "no login is sent where a registry redirects to");
		}

		private String who() {
			Login login = this.sent.login();
			if (login.isAnonymous()) {
				return "no credential is known for " + this.sent.upstream().loginHost()
						+ ": log in to it, or the image doesn't exist";
			}
			return this.sent.showsNobody() ? "asked as nobody, since " + login.source() + " wasn't asked for"
					: "asked as " + login.source();
		}

	}

}
