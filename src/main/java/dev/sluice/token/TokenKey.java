package dev.sluice.token;

import dev.sluice.credential.Credential;
import dev.sluice.transport.Transport.Referrer;
import dev.sluice.transport.Url;
import org.jspecify.annotations.Nullable;

/**
 * What one token is good for. Who named the realm belongs to it: otherwise a token that
 * one registry may have would be handed to another that merely names the same realm, past
 * the address guard. Immutable; printing one shows no secret.
 *
 * @param realm where it is issued
 * @param service for which registry
 * @param scope for what
 * @param credential to whom
 * @param from who named the realm
 */
record TokenKey(Url realm, @Nullable String service, Scope scope, Credential credential, Referrer from) {

	/** How many characters it keeps in memory that a registry chose. */
	int length() {
		return this.realm.target().length() + this.scope.value().length()
				+ ((this.service != null) ? this.service.length() : 0);
	}

	@Override
	public String toString() {
		return "TokenKey[" + this.realm.origin().host() + ", " + this.scope + "]";
	}

}
