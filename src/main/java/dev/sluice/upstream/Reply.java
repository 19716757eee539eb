package dev.sluice.upstream;

import java.util.Optional;

import dev.sluice.credential.Login;
import dev.sluice.token.Authorization;
import dev.sluice.token.RegistryRefusal;

/**
 * What came back at the end of a request's way. Nothing is decided yet.
 */
sealed interface Reply permits UpstreamAnswer, Reply.Refused {

	/**
	 * What the endpoint asks of us.
	 * @return empty if another host answered, or nothing is asked
	 */
	Optional<RegistryRefusal> challenge();

	/** Lets go of the connection, if there is one still. */
	void release();

	/**
	 * A 400, 401 or 403, read whole. Immutable, and holds no connection.
	 *
	 * @param refusal what was said
	 * @param home whether the endpoint said it, and not who it redirected to
	 * @param sent with which authorization it had been asked
	 */
	record Refused(RegistryRefusal refusal, boolean home, Authorization sent) implements Reply {

		@Override
		public Optional<RegistryRefusal> challenge() {
			return Optional.of(this.refusal).filter((it) -> this.home && it.status() == 401);
		}

		@Override
		public void release() {
			// it was read whole
		}

		/**
		 * Whether it may be the login that is no good, since it was shown as it is.
		 * @param login as whom it was asked
		 * @return whether the login is to be doubted
		 */
		boolean doubts(Login login) {
			return showed(login) && (this.refusal.doubts(login.credential()) || this.refusal.error().loginRefused());
		}

		boolean saysLoginIsBad(Login login) {
			return showed(login) && this.refusal.error().loginRefused();
		}

		private boolean showed(Login login) {
			return this.home && this.sent.presents(login.credential());
		}

	}

}
