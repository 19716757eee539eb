package dev.sluice.transport;

import java.util.Map;
import java.util.Optional;

import dev.sluice.transport.TransportSettings.EgressProxy;
import org.jspecify.annotations.Nullable;

/**
 * Which origins are reached through which egress proxy. A proxy from the settings serves
 * all origins but its {@code noProxy}; one from the environment spares loopback too.
 * Immutable.
 */
final class EgressRoutes {

	private final Optional<Route> configured;

	private final Optional<Route> https;

	private final Optional<Route> http;

	/**
	 * Reads the routes.
	 * @param configured the settings' proxy, which comes first, or null
	 * @param environment the environment variables
	 * @throws IllegalArgumentException naming the variable that isn't well formed
	 */
	EgressRoutes(@Nullable EgressProxy configured, Map<String, String> environment) {
		this.configured = Optional.ofNullable(configured).map(Route::byProxy);
		boolean ask = configured == null;
		this.https = ask ? ProxyVariable.read("https", environment).map(Route::byProxy) : Optional.empty();
		this.http = ask ? ProxyVariable.read("http", environment).map(Route::byProxy) : Optional.empty();
	}

	/**
	 * The proxy for an origin.
	 * @param origin the origin
	 * @return the proxy, or empty if it is reached directly
	 */
	Optional<EgressProxy> proxyFor(Origin origin) {
		if (this.configured.isPresent()) {
			return this.configured.flatMap((route) -> route.to(origin));
		}
		Optional<Route> route = origin.isSecure() ? this.https : this.http;
		return route.filter((_) -> HostReach.of(origin.host()) != Reach.LOOPBACK).flatMap((it) -> it.to(origin));
	}

	private record Route(EgressProxy proxy, NoProxy spared) {

		static Route byProxy(EgressProxy proxy) {
			return new Route(proxy, new NoProxy(proxy.noProxy()));
		}

		Optional<EgressProxy> to(Origin origin) {
			return this.spared.covers(origin) ? Optional.empty() : Optional.of(this.proxy);
		}

	}

}
