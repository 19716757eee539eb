package dev.sluice.route;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;

import dev.sluice.oci.RegistryName;
import org.jspecify.annotations.Nullable;

/**
 * The closed list of registries: those configured or well known, and those that a
 * credential names now. What isn't on it is never dialled. Thread-safe.
 */
public final class RegistryList {

	private final Optional<RegistryName> defaultRegistry;

	private final Set<RegistryName> fixed;

	/** Aliases, and configured names that don't look like a host. */
	private final Map<String, RegistryName> firstSegments;

	private final ClaimedHosts claimedHosts;

	private final Set<RegistryName> ownNames;

	private final Supplier<Set<RegistryName>> namedByCredentials;

	private RegistryList(Builder builder) {
		this.defaultRegistry = Optional.ofNullable(builder.defaultRegistry);
		this.fixed = Set.copyOf(builder.names);
		this.firstSegments = builder.firstSegments();
		this.claimedHosts = new ClaimedHosts(builder.claimedHosts);
		this.ownNames = Set.copyOf(builder.ownNames);
		this.namedByCredentials = builder.namedByCredentials;
	}

	/**
	 * Starts a list.
	 * @param defaultRegistry the registry meant where a request names none; it is listed
	 * @return a builder
	 */
	public static Builder withDefault(RegistryName defaultRegistry) {
		return new Builder(defaultRegistry);
	}

	/**
	 * Starts a list without a default: a request that names no registry means none.
	 * @return a builder
	 */
	public static Builder withoutDefault() {
		return new Builder(null);
	}

	public boolean contains(RegistryName name) {
		return this.fixed.contains(name) || this.namedByCredentials.get().contains(name);
	}

	/**
	 * The registry that a first path segment names: its own name or an alias. A name that
	 * doesn't look like a host does so only if it is configured: a login to one would
	 * hide images of the default registry.
	 * @param segment the segment as written
	 * @return the listed registry, or empty
	 */
	Optional<RegistryName> named(String segment) {
		RegistryName known = this.firstSegments.get(segment.toLowerCase(Locale.ROOT));
		if (known != null) {
			return Optional.of(known);
		}
		return RegistryName.looksLikeHost(segment) ? RegistryName.tryParse(segment).filter(this::contains)
				: Optional.empty();
	}

	/**
	 * The registry that a {@code Host} header names.
	 * @param host the header's value
	 * @return the registry that claims it, if one does
	 */
	Optional<RegistryName> claiming(RegistryName host) {
		return this.claimedHosts.claiming(host);
	}

	/**
	 * Whether a name is Sluice's own. One without a port stands for every port on which
	 * no other registry is listed.
	 * @param name a name
	 * @return whether it is
	 */
	boolean isOwn(RegistryName name) {
		return this.ownNames.contains(name)
				|| (this.ownNames.contains(new RegistryName(name.host(), OptionalInt.empty())) && !contains(name));
	}

	Optional<RegistryName> defaultRegistry() {
		return this.defaultRegistry;
	}

	/** Collects the list's fixed part. Not thread-safe. */
	public static final class Builder {

		private final @Nullable RegistryName defaultRegistry;

		private final Set<RegistryName> names = new HashSet<>();

		private final Map<String, RegistryName> aliases = new HashMap<>();

		private final Map<RegistryName, RegistryName> claimedHosts = new HashMap<>();

		private final Set<RegistryName> ownNames = new HashSet<>();

		private Supplier<Set<RegistryName>> namedByCredentials = Set::of;

		private Builder(@Nullable RegistryName defaultRegistry) {
			this.defaultRegistry = defaultRegistry;
			if (defaultRegistry != null) {
				this.names.add(defaultRegistry);
			}
		}

		public Builder list(RegistryName name) {
			this.names.add(name);
			return this;
		}

		/**
		 * Lists another name for a registry.
		 * @param alias a first path segment
		 * @param name the registry
		 * @return this
		 */
		public Builder alias(String alias, RegistryName name) {
			this.aliases.put(alias, name);
			return this;
		}

		/**
		 * Says that requests with a {@code Host} header mean a registry.
		 * @param host the header's value; without a port it stands for every port
		 * @param name the registry
		 * @return this
		 */
		public Builder claim(RegistryName host, RegistryName name) {
			this.claimedHosts.put(host, name);
			return this;
		}

		/**
		 * Adds a name of Sluice's own, which means nothing when it comes as {@code ns}.
		 * @param own the name; without a port it stands for every port
		 * @return this
		 */
		public Builder own(RegistryName own) {
			this.ownNames.add(own);
			return this;
		}

		public Builder namedByCredentials(Supplier<Set<RegistryName>> names) {
			this.namedByCredentials = names;
			return this;
		}

		private Map<String, RegistryName> firstSegments() {
			Map<String, RegistryName> segments = new HashMap<>(this.aliases);
			this.names.stream()
				.filter((name) -> !RegistryName.looksLikeHost(name.toString()))
				.forEach((name) -> segments.put(name.toString(), name));
			return Map.copyOf(segments);
		}

		public RegistryList build() {
			return new RegistryList(this);
		}

	}

}
