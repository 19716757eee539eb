package dev.sluice.token;

import dev.sluice.credential.Login;
import dev.sluice.transport.Origin;

/**
 * A token wanted: what for, and as whom. Immutable.
 *
 * @param demand what the registry's challenge wants
 * @param login as whom
 */
record TokenRequest(Demand.Bearer demand, Login login) {

	TokenKey key() {
		return new TokenKey(this.demand.realm(), this.demand.service(), this.demand.scope(), this.login.credential(),
				this.demand.from());
	}

	/**
	 * The same for another scope.
	 * @param scope the scope
	 * @return the request
	 */
	TokenRequest forScope(Scope scope) {
		return new TokenRequest(this.demand.with(scope), this.login);
	}

	/**
	 * The same without a login.
	 * @return the request
	 */
	TokenRequest asNobody() {
		return new TokenRequest(this.demand, Login.ANONYMOUS);
	}

	/** The secrets in it, which mustn't be repeated to others. */
	SentSecrets secrets() {
		return Authorization.NONE.secretsOf(this.login).and(this.demand.repeated());
	}

	Origin server() {
		return this.demand.realm().origin();
	}

}
