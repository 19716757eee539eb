package dev.sluice.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import dev.sluice.oci.UpstreamException.ForbiddenAddress;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.EventExecutor;

/**
 * Lets a connection go to admitted addresses only, whatever their name. It stands where
 * names are resolved, so that the address checked is the address connected to; literals
 * pass through it too. Of a name with several addresses the admitted ones are kept.
 * Thread-safe.
 */
final class AddressGuard extends AddressResolverGroup<InetSocketAddress> {

	private final AddressResolverGroup<InetSocketAddress> names;

	private final Admission admission;

	private final Set<String> exempt;

	private final List<Cidr> networks;

	/**
	 * A guard in front of a resolver, which it doesn't close.
	 * @param names the resolver
	 * @param admission the rule
	 * @param exempt hosts, by name or address, that may be anywhere
	 * @param networks ranges of addresses that anyone may name
	 */
	AddressGuard(AddressResolverGroup<InetSocketAddress> names, Admission admission, Set<String> exempt,
			List<Cidr> networks) {
		this.networks = List.copyOf(networks);
		this.names = names;
		this.admission = admission;
		this.exempt = exempt.stream().map(AddressGuard::normal).collect(Collectors.toUnmodifiableSet());
	}

	/**
	 * Checks a host that somebody else resolves, an egress proxy: literals, and the few
	 * names whose meaning is known.
	 * @param host the host
	 * @return its reach; public, if it is a name
	 * @throws ForbiddenAddress if it isn't admitted
	 */
	Reach checkUnresolved(String host) {
		Reach reach = HostReach.of(host);
		boolean allowed = AddressLiteral.parse(host).filter(this::isAllowed).isPresent();
		if (!this.admission.admits(reach) && !allowed && !isExempt(host)) {
			throw forbidden(host, Set.of(reach));
		}
		return reach;
	}

	/**
	 * Keeps the admitted addresses.
	 * @param host the name they belong to
	 * @param addresses the addresses, at least one
	 * @return those that may be connected to, at least one
	 * @throws ForbiddenAddress if there is none
	 */
	List<InetSocketAddress> admitted(String host, List<InetSocketAddress> addresses) {
		if (isExempt(host)) {
			return addresses;
		}
		List<InetSocketAddress> admitted = addresses.stream()
			.filter((address) -> isAllowed(address.getAddress())
					|| this.admission.admits(AddressReach.of(address.getAddress())))
			.toList();
		if (admitted.isEmpty()) {
			throw forbidden(host,
					addresses.stream()
						.map((address) -> AddressReach.of(address.getAddress()))
						.collect(Collectors.toSet()));
		}
		return admitted;
	}

	@Override
	protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
		return new GuardedResolver(executor, this.names.getResolver(executor), this);
	}

	/**
	 * How far away the peer of a connection is. A network that only
	 * {@code allow-networks} admits, into which some VPNs resolve every public name,
	 * counts as public: who is there may name nothing nearer.
	 * @param address the peer's address
	 * @return its reach
	 */
	Reach reach(InetAddress address) {
		Reach reach = AddressReach.of(address);
		return (reach == Reach.FORBIDDEN && isAllowed(address)) ? Reach.PUBLIC : reach;
	}

	private boolean isAllowed(InetAddress address) {
		byte[] bytes = address.getAddress();
		return this.networks.stream().anyMatch((network) -> network.contains(bytes));
	}

	private boolean isExempt(String host) {
		return this.exempt.contains(normal(host));
	}

	private ForbiddenAddress forbidden(String host, Set<Reach> reaches) {
		String found = reaches.stream()
			.sorted()
			.map((reach) -> (reach == Reach.FORBIDDEN) ? "a link-local, metadata or other special-purpose"
					: "a " + reach.name().toLowerCase(Locale.ROOT))
			.collect(Collectors.joining(" and "));
		return new ForbiddenAddress(host + " has " + found + " address, but " + this.admission.rule()
				+ ": if it is right, list the host in sluice.upstreams[].allow-hosts, or its network in sluice.allow-networks");
	}

	private static String normal(String host) {
		return AddressLiteral.parse(host)
			.map(InetAddress::getHostAddress)
			.orElseGet(() -> host.toLowerCase(Locale.ROOT));
	}

}
