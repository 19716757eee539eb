package dev.sluice.credential;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import dev.sluice.oci.RegistryName;
import dev.sluice.oci.RepositoryName;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Signal;

/**
 * All credential sources in order. Thread-safe.
 */
public final class CredentialChain {

	private final List<CredentialSource> sources;

	public CredentialChain(List<? extends CredentialSource> sources) {
		this.sources = List.copyOf(sources);
	}

	/**
	 * Looks up all credentials that may do.
	 * @param host the registry's endpoint
	 * @param repository the repository, or null for what has none
	 * @return one from each source that has one, in order; {@link Login#ANONYMOUS} alone
	 * if there is none; a source's error only where no other source has one
	 */
	public Mono<List<Login>> candidates(RegistryName host, @Nullable RepositoryName repository) {
		return Flux.fromIterable(this.sources)
			.concatMap((source) -> source.find(host, repository).materialize(), 1)
			.collectList()
			.flatMap(CredentialChain::candidates);
	}

	private static Mono<List<Login>> candidates(List<Signal<Login>> found) {
		List<Login> logins = found.stream().map(Signal::get).filter(Objects::nonNull).toList();
		if (!logins.isEmpty()) {
			return Flux.fromIterable(logins).distinct(Login::credential).collectList();
		}
		return found.stream()
			.map(Signal::getThrowable)
			.filter(Objects::nonNull)
			.findFirst()
			.<Mono<List<Login>>>map(Mono::error)
			.orElseGet(() -> Mono.just(List.of(Login.ANONYMOUS)));
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
