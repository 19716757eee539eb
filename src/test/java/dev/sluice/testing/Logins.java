package dev.sluice.testing;

import java.time.Duration;

import dev.sluice.credential.Candidate;
import dev.sluice.credential.CredentialSource;
import dev.sluice.credential.Login;
import dev.sluice.oci.RegistryName;
import dev.sluice.oci.RepositoryName;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What a credential source has. */
public final class Logins {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private Logins() {
	}

	/**
	 * Looks up the most specific one.
	 * @param source where
	 * @param host the registry's endpoint
	 * @param repository the repository, or null for what has none
	 * @return the first that there is; an error if that takes longer than 30 s
	 */
	public static Mono<Login> first(CredentialSource source, RegistryName host, @Nullable RepositoryName repository) {
		return Flux.defer(() -> Flux.fromIterable(source.candidates(host, repository)))
			.concatMap(Candidate::login, 1)
			.next()
			.timeout(LIMIT);
	}

}
