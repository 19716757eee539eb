package dev.sluice.credential.dockerconfig;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import dev.sluice.credential.RepositoryPrefix;
import dev.sluice.oci.Printable;
import dev.sluice.oci.RegistryName;
import dev.sluice.oci.RepositoryName;
import dev.sluice.oci.RequestException;
import org.jspecify.annotations.Nullable;

/**
 * A key of {@code auths} or {@code credHelpers}: which registry, and perhaps which of its
 * repositories, an entry is for. Immutable.
 * <p>
 * Read liberally: {@code host}, {@code host:port}, either with a scheme, a trailing slash
 * or an API version ({@code /v1/}, {@code /v2/}). A path without a scheme limits the
 * entry to the repositories below it, as Podman writes it; with a scheme the path is
 * dropped, as the Docker CLI and Podman both do.
 *
 * @param text the key as it was written
 * @param scheme the scheme it was written with
 * @param registry the registry
 * @param repository the repositories that the entry is limited to
 */
record ServerAddress(String text, Scheme scheme, RegistryName registry, RepositoryPrefix repository) {

	/** Docker Hub's key, the only one under which the Docker CLI looks for it. */
	static final String DOCKER_HUB_KEY = "https://index.docker.io/v1/";

	private static final int HELPER_KEY_LIMIT = 1024;

	/**
	 * The order among keys for the same registry and repository: the key that Docker
	 * itself looks up, then without a scheme, https, http; the shorter first.
	 */
	static final Comparator<ServerAddress> PREFERENCE = Comparator.comparing(ServerAddress::isCanonical)
		.reversed()
		.thenComparing(ServerAddress::scheme)
		.thenComparingInt((address) -> address.text().length())
		.thenComparing(ServerAddress::text);

	/** Where the CLI keeps the tokens of a login to Docker Hub by browser. */
	private static final Set<String> TOKEN_STORES = Set.of("access-token", "refresh-token");

	enum Scheme {

		NONE(""), HTTPS("https://"), HTTP("http://");

		private final String prefix;

		Scheme(String prefix) {
			this.prefix = prefix;
		}

		private static Scheme of(String text) {
			String lower = text.toLowerCase(Locale.ROOT);
			return Stream.of(HTTPS, HTTP).filter((scheme) -> lower.startsWith(scheme.prefix)).findFirst().orElse(NONE);
		}

	}

	/**
	 * Reads a key.
	 * @param text the key
	 * @return the address, or empty if it names no registry
	 */
	static Optional<ServerAddress> parse(String text) {
		Scheme scheme = Scheme.of(text);
		List<String> segments = segments(text);
		if (segments.isEmpty()) {
			return Optional.empty();
		}
		RepositoryPrefix path = (scheme == Scheme.NONE) ? RepositoryPrefix.behindHost(segments)
				: RepositoryPrefix.none();
		if (!isRepository(path)) {
			return Optional.empty();
		}
		return RegistryName.tryParse(segments.getFirst())
			.map((registry) -> new ServerAddress(text, scheme, registry, path));
	}

	private static List<String> segments(String text) {
		return RepositoryPrefix.segments(text.substring(Scheme.of(text).prefix.length()));
	}

	private static boolean isRepository(RepositoryPrefix path) {
		try {
			return path.depth() == 0 || !new RepositoryName(path.toString()).value().isEmpty();
		}
		catch (RequestException.Malformed ex) {
			return false;
		}
	}

	/**
	 * Whether a key is one of the pseudo-servers in which the Docker CLI keeps Docker
	 * Hub's OAuth tokens. They are no registries.
	 * @param text the key
	 * @return whether to pass it over
	 */
	static boolean isTokenStore(String text) {
		List<String> segments = segments(text);
		return segments.size() == 3 && "v1".equals(segments.get(1)) && TOKEN_STORES.contains(segments.get(2))
				&& RegistryName.tryParse(segments.getFirst()).filter(RegistryName::isDockerHub).isPresent();
	}

	/**
	 * Whether the entry is for a repository, compared segment by segment.
	 * @param name the repository, or null for what has none
	 * @return whether the entry applies
	 */
	boolean covers(@Nullable RepositoryName name) {
		return this.repository.covers(name);
	}

	/**
	 * Whether the key was written with a path, be it dropped or not. An API version is
	 * none.
	 * @return whether there is more than a host
	 */
	boolean hasPath() {
		return RepositoryPrefix.behindHost(segments(this.text)).depth() > 0;
	}

	/**
	 * The key as a credential helper is asked for it.
	 * @return Docker Hub's own key for Docker Hub, else the key as it was written, unless
	 * it is longer than any that a helper could have stored
	 */
	String helperKey() {
		if (this.registry.isDockerHub()) {
			return DOCKER_HUB_KEY;
		}
		return (this.text.length() <= HELPER_KEY_LIMIT) ? this.text : this.registry.toString();
	}

	/**
	 * What the key stands for, without its form.
	 * @return the registry's name, and the repository's after it if there is one
	 */
	String subject() {
		return (this.repository.depth() == 0) ? this.registry.toString() : this.registry + "/" + this.repository;
	}

	private boolean isCanonical() {
		return this.text.equals(this.registry.isDockerHub() ? DOCKER_HUB_KEY : this.registry.toString());
	}

	@Override
	public String toString() {
		return Printable.withoutLogin(this.text);
	}

}
