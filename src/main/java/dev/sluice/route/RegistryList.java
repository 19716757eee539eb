package dev.sluice.route;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import dev.sluice.oci.RegistryName;

/**
 * The closed list of registries: those configured or well known, and those that a
 * credential names now. What isn't on it is never dialled. Thread-safe.
 */
public final class RegistryList {

	private final RegistryName defaultRegistry;

	private final Set<RegistryName> fixed;

	private final Map<String, RegistryName> aliases;

	private final Map<RegistryName, RegistryName> claimedHosts;

	private final Set<RegistryName> ownNames;

	private final Supplier<Set<RegistryName>> namedByCredentials;

	private RegistryList(Builder builder) {
		this.defaultRegistry = builder.defaultRegistry;
		this.fixed = Set.copyOf(builder.names);
		this.aliases = Map.copyOf(builder.aliases);
		this.claimedHosts = Map.copyOf(builder.claimedHosts);
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

	public boolean contains(RegistryName name) {
		return this.fixed.contains(name) || this.namedByCredentials.get().contains(name);
	}

	/**
	 * The registry that a first path segment names: its own name or an alias.
	 * @param segment the segment as written
	 * @return the listed registry, or empty
	 */
	Optional<RegistryName> named(String segment) {
		RegistryName alias = this.aliases.get(segment);
		if (alias != null) {
			return Optional.of(alias);
		}
		return RegistryName.looksLikeHost(segment) ? RegistryName.tryParse(segment).filter(this::contains)
				: Optional.empty();
	}

	Optional<RegistryName> claiming(RegistryName host) {
		return Optional.ofNullable(this.claimedHosts.get(host));
	}

	boolean isOwn(RegistryName name) {
		return this.ownNames.contains(name);
	}

	RegistryName defaultRegistry() {
		return this.defaultRegistry;
	}

	/** Collects the list's fixed part. Not thread-safe. */
	public static final class Builder {

		private final RegistryName defaultRegistry;

		private final Set<RegistryName> names = new HashSet<>();

		private final Map<String, RegistryName> aliases = new HashMap<>();

		private final Map<RegistryName, RegistryName> claimedHosts = new HashMap<>();

		private final Set<RegistryName> ownNames = new HashSet<>();

		private Supplier<Set<RegistryName>> namedByCredentials = Set::of;

		private Builder(RegistryName defaultRegistry) {
			this.defaultRegistry = defaultRegistry;
			this.names.add(defaultRegistry);
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
		 * @param host the header's value
		 * @param name the registry
		 * @return this
		 */
		public Builder claim(RegistryName host, RegistryName name) {
			this.claimedHosts.put(host, name);
			return this;
		}

		/**
		 * Adds a name of Sluice's own, which means nothing when it comes as {@code ns}.
		 * @param own the name
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

		public RegistryList build() {
			return new RegistryList(this);
		}

	}

}
