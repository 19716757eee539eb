package dev.sluice.credential.kubernetes;

import dev.sluice.credential.Candidate;
import dev.sluice.credential.RegistryPattern;
import dev.sluice.oci.CredentialException;
import dev.sluice.oci.RegistryName;
import dev.sluice.oci.RepositoryName;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * An entry of a secret that should hold a login, and doesn't. Immutable.
 *
 * @param place what it is for
 * @param problem what is wrong: a sentence that begins with the secret, without any
 * content
 */
record UnusableEntry(RegistryPattern place, String problem) {

	boolean covers(RegistryName host, @Nullable RepositoryName repository) {
		return this.place.covers(host, repository);
	}

	/**
	 * A client whose anonymous request is refused must be told that there should have
	 * been a login.
	 */
	Candidate candidate() {
		return new Candidate(this.place.depth(),
				Mono.error(() -> new CredentialException.IdentityUnavailable(this.problem)));
	}

}
