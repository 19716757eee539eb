package dev.sluice.credential.kubernetes;

import java.util.Comparator;

import dev.sluice.credential.Candidate;
import dev.sluice.credential.Login;
import dev.sluice.credential.RegistryPattern;
import dev.sluice.oci.RegistryName;
import dev.sluice.oci.RepositoryName;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A login of a secret, and what it is for. Immutable.
 *
 * @param place what it is for
 * @param login the login
 */
record PullLogin(RegistryPattern place, Login login) {

	static final Comparator<PullLogin> MOST_SPECIFIC_FIRST = Comparator.comparing(PullLogin::place,
			RegistryPattern.MOST_SPECIFIC_FIRST);

	boolean covers(RegistryName host, @Nullable RepositoryName repository) {
		return this.place.covers(host, repository);
	}

	Candidate candidate() {
		return new Candidate(this.place.depth(), Mono.just(this.login));
	}

}
