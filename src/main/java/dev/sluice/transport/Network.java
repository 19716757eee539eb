package dev.sluice.transport;

import java.net.InetSocketAddress;
import java.util.Map;

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

	/** Leaves the environment out: a proxy's URL may hold a password. */
	@Override
	public String toString() {
		return "Network[" + this.userAgent + "]";
	}

}
