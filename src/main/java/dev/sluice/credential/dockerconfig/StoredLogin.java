package dev.sluice.credential.dockerconfig;

import java.util.Comparator;

import dev.sluice.credential.Credential;
import dev.sluice.credential.RepositoryPrefix;

/**
 * An entry of {@code auths} that holds a credential. Immutable.
 *
 * @param address what it is for
 * @param credential the credential
 */
record StoredLogin(ServerAddress address, Credential credential) {

	/** The entry for the deepest repository first, then the preferred form of key. */
	static final Comparator<StoredLogin> MOST_SPECIFIC_FIRST = Comparator
		.comparing((StoredLogin login) -> login.address().repository(), RepositoryPrefix.DEEPEST_FIRST)
		.thenComparing(StoredLogin::address, ServerAddress.PREFERENCE);

	/** How many components of a repository's name it limits to. */
	int depth() {
		return this.address.repository().depth();
	}

}
