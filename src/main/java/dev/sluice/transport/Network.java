package dev.sluice.transport;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import io.netty.resolver.AddressResolverGroup;

/**
 * What all transports of a process share. Whoever makes it closes {@code names}.
 *
 * @param names how names are resolved; never blocks
 * @param environment the environment variables that name egress proxies
 * @param userAgent what we call ourselves, {@code sluice/<version>}
 * @param heldMemory for bodies that are held as a whole
 */
public record Network(AddressResolverGroup<InetSocketAddress> names, Map<String, String> environment, String userAgent,
		HeldMemory heldMemory) {

	public Network {
		environment = Map.copyOf(environment);
	}

	/**
	 * A network with the held memory of a whole JVM to itself.
	 * @param names how names are resolved
	 * @param environment the environment variables that name egress proxies
	 * @param userAgent what we call ourselves
	 */
	public Network(AddressResolverGroup<InetSocketAddress> names, Map<String, String> environment, String userAgent) {
		this(names, environment, userAgent, HeldMemory.ofJvm());
	}

	/**
	 * The network as this process finds it.
	 * @param userAgent what we call ourselves
	 * @return DNS by Netty, and the process's environment
	 */
	public static Network system(String userAgent) {
		return new Network(AsyncDns.names(), System.getenv(), userAgent);
	}

	/**
	 * Whether the environment names an egress proxy.
	 * @return whether there is one
	 * @throws IllegalArgumentException naming the variable that isn't well formed
	 */
	public boolean hasProxy() {
		return ProxyVariable.read("https", this.environment).isPresent()
				|| ProxyVariable.read("http", this.environment).isPresent();
	}

	/**
	 * The same with other hosts that are reached without the environment's proxies.
	 * @param hosts what stands in the place of {@code NO_PROXY}
	 * @return the network
	 */
	public Network sparing(Set<String> hosts) {
		Map<String, String> variables = new HashMap<>(this.environment);
		variables.put("no_proxy", String.join(",", hosts));
		return new Network(this.names, variables, this.userAgent, this.heldMemory);
	}

	/** Leaves the environment out: a proxy's URL may hold a password. */
	@Override
	public String toString() {
		return "Network[" + this.userAgent + "]";
	}

}
