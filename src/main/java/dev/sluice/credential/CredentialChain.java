package dev.sluice.credential;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.sluice.oci.RegistryName;
import dev.sluice.oci.RepositoryName;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Signal;

/**
 * All credential sources in order: the most specific match first, whichever source has
 * it; among equally specific ones the sources' order counts. Thread-safe.
 */
public final class CredentialChain {

	private final List<CredentialSource> sources;

	private final Map<RegistryName, CredentialSource> own;

	public CredentialChain(List<? extends CredentialSource> sources) {
		this(sources, Map.of());
	}

	/**
	 * A chain in which some upstreams have a source of their own.
	 * @param sources the sources for all, in order
	 * @param own the sources that come first, each for that upstream alone, wherever its
	 * endpoint is
	 */
	public CredentialChain(List<? extends CredentialSource> sources,
			Map<RegistryName, ? extends CredentialSource> own) {
		this.sources = List.copyOf(sources);
		this.own = Map.copyOf(own);
	}

	/**
	 * The chain that applies to one upstream.
	 * @param upstream its name
	 * @return the upstream's own source, if it has one, and those for all
	 */
	public CredentialChain of(RegistryName upstream) {
		List<CredentialSource> applying = new ArrayList<>(this.sources);
		CredentialSource first = this.own.get(upstream);
		if (first != null) {
			applying.addFirst(first);
		}
		return new CredentialChain(applying);
	}

	/**
	 * Looks up all credentials that may fit, and not only until one works.
	 * @param host the registry's endpoint
	 * @param repository the repository, or null for what has none
	 * @return what each source has, in order; {@link Login#ANONYMOUS} alone if there is
	 * none; a source's error only where no other source has one
	 */
	public Mono<List<Login>> candidates(RegistryName host, @Nullable RepositoryName repository) {
		return Flux.defer(() -> Flux.fromIterable(mostSpecificFirst(host, repository)))
			.concatMap((candidate) -> candidate.login().materialize(), 1)
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
	 * The look-ups that may yield a credential, in order. They are to be made one after
	 * the other, so that a slow or failing source matters only where no better one has a
	 * credential.
	 * @param host the registry's endpoint
	 * @param repository the repository, or null for what has none
	 * @return the look-ups; none has been made
	 */
	public List<Candidate> mostSpecificFirst(RegistryName host, @Nullable RepositoryName repository) {
		return this.sources.stream()
			.flatMap((source) -> source.candidates(host, repository).stream())
			.sorted(Comparator.comparingInt(Candidate::depth).reversed())
			.toList();
	}

	/**
	 * Every exact host that any source names.
	 * @return a snapshot
	 */
	public Set<RegistryName> registryNames() {
		return all().flatMap((source) -> source.registryNames().stream()).collect(Collectors.toSet());
	}

	/**
	 * How the sources are.
	 * @return one state for each, in order
	 */
	public List<SourceState> states() {
		return all().map(CredentialSource::state).toList();
	}

	private Stream<CredentialSource> all() {
		return Stream.concat(this.own.entrySet()
			.stream()
			.sorted(Comparator.comparing((entry) -> entry.getKey().toString()))
			.map(Map.Entry::getValue), this.sources.stream());
	}

}
