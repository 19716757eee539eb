package dev.sluice.wiring;

import java.util.Set;

import dev.sluice.settings.InvalidSettingException;
import dev.sluice.transport.Network;

/**
 * What an upstream reaches without the egress proxies of the environment, in the place of
 * what {@code NO_PROXY} says. Immutable.
 *
 * @param property the property that says so
 * @param hosts hosts, domains, addresses and ranges of them
 */
record SparedHosts(String property, Set<String> hosts) {

	private static final String ALL = "*";

	/**
	 * The network as the upstream sees it.
	 * @param network the network as this process finds it
	 * @return the same, with these exceptions
	 * @throws InvalidSettingException if there is no proxy, so that they do nothing
	 */
	Network in(Network network) {
		if (!network.hasProxy() && !this.hosts.contains(ALL)) {
			throw new InvalidSettingException(this.property
					+ ": there is no proxy to go round: set proxy.url beside it, or the variable HTTPS_PROXY");
		}
		return network.sparing(this.hosts);
	}

}
