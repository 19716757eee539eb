package dev.sluice.transport;

import java.util.Locale;
import java.util.Set;

/**
 * Tells how far away a host is without resolving it.
 */
final class HostReach {

	private static final Set<String> METADATA = Set.of("metadata", "metadata.google.internal", "metadata.goog",
			"instance-data", "instance-data.ec2.internal");

	private HostReach() {
	}

	/**
	 * Classifies a host.
	 * @param host a name or an address literal in any notation
	 * @return a literal's reach; loopback for {@code localhost}; forbidden for clouds'
	 * metadata servers and for numbers that are no address; public for any other name
	 */
	static Reach of(String host) {
		String name = withoutDot(host.toLowerCase(Locale.ROOT));
		return AddressLiteral.parse(name).map(AddressReach::of).orElseGet(() -> ofName(name));
	}

	private static Reach ofName(String name) {
		if (name.equals("localhost") || name.endsWith(".localhost")) {
			return Reach.LOOPBACK;
		}
		boolean odd = AddressLiteral.looksNumeric(name) || name.startsWith("[");
		return (odd || METADATA.contains(name)) ? Reach.FORBIDDEN : Reach.PUBLIC;
	}

	private static String withoutDot(String name) {
		return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
	}

}
