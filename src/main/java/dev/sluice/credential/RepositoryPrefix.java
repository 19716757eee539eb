package dev.sluice.credential;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import dev.sluice.oci.RepositoryName;
import org.jspecify.annotations.Nullable;

/**
 * The repositories of a registry that a credential is for: those whose names begin with
 * these components, compared whole, so that {@code acme} covers {@code acme/app} but not
 * {@code acmecorp}; all of them, if there are no components. Immutable.
 *
 * @param components the components, which need not be well formed: then they cover
 * nothing
 */
public record RepositoryPrefix(List<String> components) {

	/** The rule by which credentials are chosen: the most specific first. */
	public static final Comparator<RepositoryPrefix> DEEPEST_FIRST = Comparator.comparingInt(RepositoryPrefix::depth)
		.reversed();

	private static final Set<String> API_VERSIONS = Set.of("v1", "v2");

	/**
	 * No address is longer: a host's name and a repository's have 255 characters each.
	 */
	private static final int LIMIT = 2048;

	public RepositoryPrefix {
		components = List.copyOf(components);
	}

	/**
	 * Splits an address.
	 * @param address {@code host[/path]} as somebody wrote it, without a scheme
	 * @return the host and the path's segments, none of them empty; nothing, if it is
	 * longer than any address
	 */
	public static List<String> segments(String address) {
		return (address.length() > LIMIT) ? List.of()
				: Stream.of(address.split("/")).filter((segment) -> !segment.isEmpty()).toList();
	}

	/**
	 * What an address limits its credential to.
	 * @param segments the address's, the host first
	 * @return what is behind the host and the API version ({@code v1}, {@code v2}), if it
	 * has one
	 */
	public static RepositoryPrefix behindHost(List<String> segments) {
		boolean versioned = segments.size() > 1 && API_VERSIONS.contains(segments.get(1));
		return new RepositoryPrefix(segments.subList(versioned ? 2 : 1, segments.size()));
	}

	/** That of a credential for a whole registry. */
	public static RepositoryPrefix none() {
		return new RepositoryPrefix(List.of());
	}

	/** How many components it has. */
	public int depth() {
		return this.components.size();
	}

	/**
	 * Whether a repository is among those meant.
	 * @param repository the repository, or null for what has none, which only a
	 * credential for the whole registry is for
	 * @return whether its name begins with all components
	 */
	public boolean covers(@Nullable RepositoryName repository) {
		return this.components.isEmpty() || (repository != null && begins(repository.value()));
	}

	private boolean begins(String name) {
		int at = 0;
		for (String component : this.components) {
			int end = at + component.length();
			boolean whole = end == name.length() || (end < name.length() && name.charAt(end) == '/');
			if (!whole || !name.startsWith(component, at)) {
				return false;
			}
			at = end + 1;
		}
		return true;
	}

	@Override
	public String toString() {
		return String.join("/", this.components);
	}

}
