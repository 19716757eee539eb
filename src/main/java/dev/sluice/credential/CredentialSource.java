package dev.sluice.credential;

import java.util.List;
import java.util.Set;

import dev.sluice.oci.RegistryName;
import dev.sluice.oci.RepositoryName;
import org.jspecify.annotations.Nullable;

/**
 * A place where credentials are kept. Thread-safe; never blocks the caller.
 */
public interface CredentialSource {

	/**
	 * All that this source has to try, the most specific first (host/ns/user/image …
	 * host). Asks nobody yet: that happens when a candidate's login is looked up.
	 * @param host the registry's endpoint
	 * @param repository the repository, or null for what has none ({@code _catalog})
	 * @return the look-ups; just one where the source must ask first whether it has any
	 */
	List<Candidate> candidates(RegistryName host, @Nullable RepositoryName repository);

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
