package dev.sluice.wiring;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import dev.sluice.oci.RegistryName;
import dev.sluice.settings.InvalidSettingException;
import dev.sluice.settings.PlainName;
import dev.sluice.settings.UpstreamProperties;
import org.jspecify.annotations.Nullable;

/**
 * Reads the names by which upstreams are meant, and sees that none of them means two
 * registries. For one use.
 */
final class NameRules {

	private static final Pattern ALIAS = Pattern.compile("[a-z0-9]++(?:[._-]++[a-z0-9]++)*+(?::\\d{1,5}+)?+");

	private final Map<String, RegistryName> aliases = new HashMap<>();

	private final Map<String, String> aliasProperties = new HashMap<>();

	private final Map<RegistryName, RegistryName> hosts = new HashMap<>();

	private final Map<RegistryName, RegistryName> onDefaultPorts = new HashMap<>();

	/**
	 * Reads them.
	 * @param upstreams the settings of upstreams
	 * @param names the registries' names, in the same order
	 * @throws InvalidSettingException naming the first that is wrong, or a second use
	 */
	NameRules(List<UpstreamProperties> upstreams, List<RegistryName> names) {
		for (int index = 0; index < upstreams.size(); index++) {
			String property = "sluice.upstreams[" + index + "]";
			RegistryName registry = names.get(index);
			upstreams.get(index).aliases().forEach((alias) -> alias(property + ".aliases", alias, registry));
			upstreams.get(index).hosts().forEach((host) -> host(property + ".hosts", host, registry));
		}
	}

	/**
	 * Further first path segments, and what they mean.
	 * @return the registries by alias
	 */
	Map<String, RegistryName> aliases() {
		return this.aliases;
	}

	/**
	 * {@code Host} headers, and what they mean.
	 * @return the registries by host, with a port or without
	 */
	Map<RegistryName, RegistryName> hosts() {
		return this.hosts;
	}

	/**
	 * Holds names against the registries that are listed: an alias or an own name that is
	 * a registry's would send its images elsewhere.
	 * @param listed the listed registries
	 * @param own Sluice's own names
	 * @throws InvalidSettingException naming the name that is taken
	 */
	void requireFree(Set<RegistryName> listed, Set<RegistryName> own) {
		this.aliases.forEach((alias, registry) -> {
			RegistryName name = RegistryName.tryParse(alias).orElse(registry);
			require(name.equals(registry) || !listed.contains(name),
					this.aliasProperties.getOrDefault(alias, "sluice.upstreams"), alias,
					"it is the name of another registry, which is listed");
		});
		own.forEach((name) -> require(!listed.contains(name), "sluice.host-names", name,
				"it is the name of a registry that is listed, not Sluice's own"));
	}

	private void alias(String property, String alias, RegistryName registry) {
		require(!PlainName.isPattern(alias), property, alias,
				"patterns aren't taken here: expected one lower-case path segment");
		require(ALIAS.matcher(alias).matches(), property, alias, "expected one lower-case path segment");
		once(property, alias, this.aliases, alias, registry);
		this.aliasProperties.putIfAbsent(alias, property);
	}

	private void host(String property, String text, RegistryName registry) {
		RegistryName host = PlainName.read(property, text);
		once(property, text, this.hosts, host, registry);
		if (!host.equals(host.withoutDefaultPort())) {
			once(property, text, this.onDefaultPorts, host.withoutDefaultPort(), registry);
		}
	}

	private static <K> void once(String property, String text, Map<K, RegistryName> meanings, K name,
			RegistryName registry) {
		@Nullable RegistryName before = meanings.putIfAbsent(name, registry);
		require(before == null || before.equals(registry), property, text, "it means " + before + " already");
	}

	private static void require(boolean right, String property, Object value, String allowed) {
		if (!right) {
			throw new InvalidSettingException(property, value, allowed);
		}
	}

}
