package dev.sluice.credential.dockerconfig;

import java.util.Comparator;

import dev.sluice.credential.Credential;

/**
 * An entry of {@code auths} that holds a credential. Immutable.
 *
 * @param address what it is for
 * @param credential the credential
 */
record StoredLogin(ServerAddress address, Credential credential) {

	/** The entry for the deepest repository first, then the preferred form of key. */
	static final Comparator<StoredLogin> MOST_SPECIFIC_FIRST = Comparator.comparingInt(StoredLogin::depth)
		.reversed()
		.thenComparing(StoredLogin::address, ServerAddress.PREFERENCE);

	/** How many segments of a repository's name it limits to. */
	int depth() {
		return this.address.repository().size();
	}

}
