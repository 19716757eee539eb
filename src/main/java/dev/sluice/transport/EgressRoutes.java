package dev.sluice.transport;

import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.sluice.transport.TransportSettings.EgressProxy;

/**
 * Which origins are reached through which egress proxy. A proxy from the settings serves
 * all origins but its {@code noProxy}; one from the environment spares loopback too.
 * Immutable.
 */
final class EgressRoutes {

	private final @Nullable EgressProxy configured;

	private final Optional<EgressProxy> https;

	private final Optional<EgressProxy> http;

	/**
	 * Reads the routes.
	 * @param configured the settings' proxy, which comes first, or null
	 * @param environment the environment variables
	 * @throws IllegalArgumentException naming the variable that isn't well formed
	 */
	EgressRoutes(@Nullable EgressProxy configured, Map<String, String> environment) {
		this.configured = configured;
		boolean ask = configured == null;
		this.https = ask ? ProxyVariable.read("https", environment) : Optional.empty();
		this.http = ask ? ProxyVariable.read("http", environment) : Optional.empty();
	}

	/**
	 * The proxy for an origin.
	 * @param origin the origin
	 * @return the proxy, or empty if it is reached directly
	 */
	Optional<EgressProxy> proxyFor(Origin origin) {
		if (this.configured != null) {
			return Optional.of(this.configured).filter((proxy) -> !spares(proxy, origin));
		}
		if (HostReach.of(origin.host()) == Reach.LOOPBACK) {
			return Optional.empty();
		}
		Optional<EgressProxy> proxy = origin.isSecure() ? this.https : this.http;
		return proxy.filter((it) -> !spares(it, origin));
	}

	private static boolean spares(EgressProxy proxy, Origin origin) {
		return new NoProxy(proxy.noProxy()).covers(origin);
	}

}
