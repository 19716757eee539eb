package dev.sluice.route;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import dev.sluice.oci.RegistryName;

/**
 * The {@code Host} headers by which upstreams are meant. A name without a port stands for
 * the host on every port; one with a port stands for that port alone, and comes first.
 * Clients leave the default ports out, so that {@code host:443} stands for {@code host}
 * too. Immutable; as many entries as are configured.
 */
final class ClaimedHosts {

	private final Map<RegistryName, RegistryName> exact = new HashMap<>();

	private final Map<String, RegistryName> onAnyPort = new HashMap<>();

	/**
	 * Makes the look-up.
	 * @param claims the registries by the hosts as configured
	 */
	ClaimedHosts(Map<RegistryName, RegistryName> claims) {
		claims.forEach((host, registry) -> {
			if (host.port().isEmpty()) {
				this.onAnyPort.put(host.host(), registry);
			}
			else {
				this.exact.put(host.withoutDefaultPort(), registry);
			}
		});
	}

	/**
	 * Finds the registry that claims a host.
	 * @param host the host as a client wrote it
	 * @return the registry, if one does
	 */
	Optional<RegistryName> claiming(RegistryName host) {
		RegistryName registry = this.exact.get(host.withoutDefaultPort());
		return Optional.ofNullable((registry != null) ? registry : this.onAnyPort.get(host.host()));
	}

}
