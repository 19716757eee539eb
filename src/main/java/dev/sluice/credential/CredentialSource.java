package dev.sluice.credential;

import java.util.List;
import java.util.Set;

import dev.sluice.oci.RegistryName;
import dev.sluice.oci.RepositoryName;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Somewhere that credentials are kept. Thread-safe; never blocks the caller.
 */
public interface CredentialSource {

	/**
	 * Looks a credential up, the most specific match first (host/ns/user/image … host).
	 * @param host the registry's endpoint
	 * @param repository the repository, or null for what has none ({@code _catalog})
	 * @return the credential, or empty if this source has none, which is no error; its
	 * error is a {@link dev.sluice.oci.RegistryException} that says what is wrong
	 */
	Mono<Login> find(RegistryName host, @Nullable RepositoryName repository);

	/**
	 * How specific the match is that {@link #find} would look at first. Asks nobody else.
	 * @param host the registry's endpoint
	 * @param repository the repository, or null for what has none
	 * @return how many segments of the repository's name it covers; zero for one that
	 * covers the whole registry, and where there is none
	 */
	default int depth(RegistryName host, @Nullable RepositoryName repository) {
		return 0;
	}

	/**
	 * All that it has to try, the most specific first. Asks nobody else.
	 * @param host the registry's endpoint
	 * @param repository the repository, or null for what has none
	 * @return what {@link #find} looks up, unless the source can have several
	 */
	default List<Candidate> candidates(RegistryName host, @Nullable RepositoryName repository) {
		return List.of(new Candidate(depth(host, repository), find(host, repository)));
	}

	/**
	 * Every exact host that this source names, empty entries included: naming a registry
	 * lists it.
	 * @return a snapshot
	 */
	Set<RegistryName> registryNames();

	/**
	 * A registry or a token server refused a credential as such: a source that keeps what
	 * it was given looks again at the next request.
	 * @param credential the credential, perhaps another source's
	 */
	default void rejected(Credential credential) {
	}

	/**
	 * How this source is, for health.
	 * @return its state now
	 */
	SourceState state();

}
