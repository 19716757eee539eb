package dev.sluice.credential;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.sluice.oci.RegistryName;
import dev.sluice.oci.RepositoryName;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * All credential sources in order: the first that has a credential answers. Thread-safe.
 */
public final class CredentialChain {

	private final List<CredentialSource> sources;

	public CredentialChain(List<? extends CredentialSource> sources) {
		this.sources = List.copyOf(sources);
	}

	/**
	 * Looks a credential up.
	 * @param host the registry's endpoint
	 * @param repository the repository, or null for what has none
	 * @return the first match, {@link Login#ANONYMOUS} if there is none
	 */
	public Mono<Login> find(RegistryName host, @Nullable RepositoryName repository) {
		return Flux.fromIterable(this.sources)
			.concatMap((source) -> source.find(host, repository), 1)
			.next()
			.defaultIfEmpty(Login.ANONYMOUS);
	}

	/**
	 * Tells all sources that a credential was refused as such.
	 * @param credential the credential
	 */
	public void rejected(Credential credential) {
		this.sources.forEach((source) -> source.rejected(credential));
	}

	/**
	 * Every exact host that any source names.
	 * @return a snapshot
	 */
	public Set<RegistryName> registryNames() {
		return this.sources.stream().flatMap((source) -> source.registryNames().stream()).collect(Collectors.toSet());
	}

	/**
	 * How the sources are.
	 * @return one state for each, in order
	 */
	public List<SourceState> states() {
		return this.sources.stream().map(CredentialSource::state).toList();
	}

}
