package dev.sluice.upstream;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.sluice.credential.Login;
import dev.sluice.token.Authorization;
import dev.sluice.token.HeaderSecrets;
import dev.sluice.token.SentSecrets;

/**
 * The secrets of ours that one upstream knows and could repeat: what a request shows it,
 * the headers that it is always sent, and, in an answer to an anonymous request, the
 * logins that it was asked as before, {@value #MOST} at most. Thread-safe.
 */
final class SentLogins {

	private static final int MOST = 16;

	private final SentSecrets always;

	private final Set<Login> before = ConcurrentHashMap.newKeySet();

	SentLogins(Upstream upstream) {
		this.always = HeaderSecrets.of(upstream.transport().headers().entrySet());
	}

	/**
	 * Takes note of a request.
	 * @param login as whom it is sent
	 * @param authorization what it shows
	 * @return what isn't to be repeated of its answer
	 */
	SentSecrets secrets(Login login, Authorization authorization) {
		SentSecrets own = authorization.secretsOf(login).and(this.always);
		if (!login.isAnonymous()) {
			remember(login);
			return own;
		}
		return this.before.stream().map(Authorization.NONE::secretsOf).reduce(own, SentSecrets::and);
	}

	/** More than a few are one login whose password is renewed now and then. */
	private void remember(Login login) {
		if (!this.before.contains(login)) {
			if (this.before.size() >= MOST) {
				this.before.clear();
			}
			this.before.add(login);
		}
	}

}
