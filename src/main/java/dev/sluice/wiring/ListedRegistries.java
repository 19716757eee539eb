package dev.sluice.wiring;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.sluice.credential.CredentialChain;
import dev.sluice.credential.SourceState;
import dev.sluice.oci.RegistryName;
import dev.sluice.route.RegistryList;
import dev.sluice.route.WellKnownRegistries;
import dev.sluice.settings.InvalidSettingException;
import dev.sluice.settings.PlainName;
import dev.sluice.settings.SluiceProperties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which registries the settings list, whatever credentials name, and which one is meant
 * where a request names none. Immutable.
 *
 * @param names the built-in ones, if they count, and those that are configured
 * @param defaultName the default, perhaps not among them: a credential may name it
 */
record ListedRegistries(Set<RegistryName> names, Optional<RegistryName> defaultName) {

	private static final Logger LOG = LoggerFactory.getLogger(ListedRegistries.class);

	private static final String DEFAULT = "sluice.default-upstream";

	private static final String NONE = "none";

	/**
	 * Reads the settings.
	 * @param properties all settings
	 * @param configured the registries among {@code sluice.upstreams}
	 * @param aliases their further names
	 * @return what is listed
	 * @throws InvalidSettingException if the default is no name
	 */
	static ListedRegistries of(SluiceProperties properties, Set<RegistryName> configured,
			Map<String, RegistryName> aliases) {
		Set<RegistryName> names = new LinkedHashSet<>(configured);
		if (properties.registries() == SluiceProperties.Registries.WELL_KNOWN) {
			names.addAll(WellKnownRegistries.NAMES);
		}
		return new ListedRegistries(names, defaultName(properties.defaultUpstream(), names, aliases));
	}

	private static Optional<RegistryName> defaultName(@Nullable String given, Set<RegistryName> names,
			Map<String, RegistryName> aliases) {
		if (given == null || given.isBlank()) {
			return Optional.of(RegistryName.DOCKER_HUB).filter(names::contains);
		}
		if (given.strip().equalsIgnoreCase(NONE)) {
			return Optional.empty();
		}
		RegistryName alias = aliases.get(given);
		return Optional.of((alias != null) ? alias : PlainName.read(DEFAULT, given));
	}

	/**
	 * Refuses a default that neither the settings nor a credential lists: a misspelt one
	 * would be asked for every image that names no registry. Credentials that can't be
	 * read now may name it later, so that it is only warned of then.
	 * @param credentials what credentials name now
	 * @throws InvalidSettingException saying how to list it
	 */
	void requireListedDefault(CredentialChain credentials) {
		Optional<InvalidSettingException> unlisted = this.defaultName
			.filter((name) -> !this.names.contains(name) && !credentials.registryNames().contains(name))
			.map((name) -> new InvalidSettingException(DEFAULT, name, "it isn't listed: add it to sluice.upstreams"
					+ " (name: " + name + "), or write none, so that every image has to name its registry"));
		if (unlisted.isPresent() && credentials.states().stream().allMatch(SourceState::isSound)) {
			throw unlisted.get();
		}
		unlisted.ifPresent((problem) -> LOG.warn("{}", problem.getMessage()));
	}

	/**
	 * Starts the closed list.
	 * @return its builder
	 */
	RegistryList.Builder builder() {
		RegistryList.Builder list = this.defaultName.map(RegistryList::withDefault)
			.orElseGet(RegistryList::withoutDefault);
		this.names.forEach(list::list);
		return list;
	}

}
