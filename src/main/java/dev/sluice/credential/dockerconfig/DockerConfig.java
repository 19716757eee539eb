package dev.sluice.credential.dockerconfig;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.sluice.credential.Credential;
import dev.sluice.oci.RegistryName;
import dev.sluice.oci.RepositoryName;
import org.jspecify.annotations.Nullable;

/**
 * What one reading of a Docker {@code config.json} gave. Immutable; its size is bounded
 * by that of the file.
 *
 * @param logins the entries that hold a credential, by registry, the most specific first
 * @param unusable the entries that should hold one, and don't
 * @param helpers the credential helpers that keep further logins
 * @param registryNames every registry that the file names
 * @param headers {@code HttpHeaders}, sent along with each of the logins
 * @param problems what can't be used, one sentence each
 * @param warnings what was accepted all the same, one sentence each
 */
record DockerConfig(Map<RegistryName, List<StoredLogin>> logins, List<UnusableLogin> unusable, HelperSelection helpers,
		Set<RegistryName> registryNames, Map<String, String> headers, List<String> problems, List<String> warnings) {

	/** That of a file that doesn't exist. */
	static final DockerConfig NONE = new DockerConfig(Map.of(), List.of(), HelperSelection.NONE, Set.of(), Map.of(),
			List.of(), List.of());

	private static final int HTTPS_PORT = 443;

	DockerConfig {
		logins = Map.copyOf(logins);
		unusable = List.copyOf(unusable);
		registryNames = Set.copyOf(registryNames);
		headers = Map.copyOf(headers);
		problems = List.copyOf(problems);
		warnings = List.copyOf(warnings);
	}

	/**
	 * Looks an entry of {@code auths} up: the longest matching repository first, and then
	 * the registry's exact name before the same name with or without {@code :443}, which
	 * nerdctl writes.
	 * @param registry the registry
	 * @param repository the repository, or null for what has none
	 * @return the entry, or empty if there is none with a credential
	 */
	Optional<StoredLogin> find(RegistryName registry, @Nullable RepositoryName repository) {
		Optional<StoredLogin> own = first(registry, repository);
		Optional<StoredLogin> other = sameOverHttps(registry).flatMap((name) -> first(name, repository));
		return own.filter((login) -> login.depth() >= other.map(StoredLogin::depth).orElse(0)).or(() -> other);
	}

	private Optional<StoredLogin> first(RegistryName registry, @Nullable RepositoryName repository) {
		return this.logins.getOrDefault(registry, List.of())
			.stream()
			.filter((login) -> login.address().covers(repository))
			.findFirst();
	}

	/**
	 * How specific the entry is that a look-up finds.
	 * @param registry the registry
	 * @param repository the repository, or null for what has none
	 * @return how many path segments its key has; zero if there is no entry
	 */
	int depth(RegistryName registry, @Nullable RepositoryName repository) {
		return find(registry, repository).map(StoredLogin::depth).orElse(0);
	}

	/**
	 * What is wrong with the entry that a look-up would find if it could be used.
	 * @param registry the registry
	 * @param repository the repository, or null for what has none
	 * @return what is wrong with the first one, or empty if there is none
	 */
	Optional<String> flaw(RegistryName registry, @Nullable RepositoryName repository) {
		Optional<RegistryName> other = sameOverHttps(registry);
		return this.unusable.stream()
			.filter((login) -> login.address().registry().equals(registry)
					|| other.filter(login.address().registry()::equals).isPresent())
			.filter((login) -> login.address().covers(repository))
			.map(UnusableLogin::problem)
			.findFirst();
	}

	/**
	 * All credentials held.
	 * @return a set, without the order or the keys
	 */
	Set<Credential> credentials() {
		return this.logins.values()
			.stream()
			.flatMap(List::stream)
			.map(StoredLogin::credential)
			.collect(Collectors.toUnmodifiableSet());
	}

	/**
	 * The other name of the same https endpoint.
	 * @param name a registry
	 * @return {@code host:443} for {@code host} and the other way round; empty for any
	 * other port
	 */
	static Optional<RegistryName> sameOverHttps(RegistryName name) {
		if (name.isDockerHub()) {
			return Optional.empty();
		}
		if (name.port().isEmpty()) {
			return Optional.of(new RegistryName(name.host(), OptionalInt.of(HTTPS_PORT)));
		}
		return (name.port().getAsInt() == HTTPS_PORT) ? Optional.of(new RegistryName(name.host(), OptionalInt.empty()))
				: Optional.empty();
	}

	@Override
	public String toString() {
		return "DockerConfig" + this.registryNames;
	}

}
