package dev.sluice.transport;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/**
 * Tells how far away an address is. An IPv6 address that carries an IPv4 address (mapped,
 * compatible, NAT64, 6to4) is as far away as that.
 */
final class AddressReach {

	private static final List<Cidr> FORBIDDEN = Cidr.all("0.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4",
			"255.255.255.255/32", "192.0.0.192/32", "100.100.100.200/32", "168.63.129.16/32", "::/128", "fe80::/10",
			"ff00::/8", "fd00:ec2::254/128");

	private static final List<Cidr> LOOPBACK = Cidr.all("127.0.0.0/8", "::1/128");

	private static final List<Cidr> PRIVATE = Cidr.all("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10",
			"fc00::/7", "fec0::/10");

	private static final Cidr COMPATIBLE = Cidr.of("::/96");

	private static final Cidr MAPPED = Cidr.of("::ffff:0:0/96");

	private static final Cidr NAT64 = Cidr.of("64:ff9b::/96");

	private static final Cidr SIX_TO_FOUR = Cidr.of("2002::/16");

	private AddressReach() {
	}

	/**
	 * Classifies an address. Documentation and benchmark ranges count as public.
	 * @param address the address
	 * @return its reach
	 */
	static Reach of(InetAddress address) {
		byte[] bytes = effective(address);
		if (in(FORBIDDEN, bytes)) {
			return Reach.FORBIDDEN;
		}
		if (in(LOOPBACK, bytes)) {
			return Reach.LOOPBACK;
		}
		return in(PRIVATE, bytes) ? Reach.PRIVATE : Reach.PUBLIC;
	}

	private static boolean in(List<Cidr> ranges, byte[] address) {
		return ranges.stream().anyMatch((range) -> range.contains(address));
	}

	private static byte[] effective(InetAddress address) {
		byte[] bytes = address.getAddress();
		return (address instanceof Inet4Address || !(address instanceof Inet6Address)) ? bytes : embedded(bytes);
	}

	private static byte[] embedded(byte[] bytes) {
		if (SIX_TO_FOUR.contains(bytes)) {
			return Arrays.copyOfRange(bytes, 2, 6);
		}
		boolean own = in(LOOPBACK, bytes) || in(FORBIDDEN, bytes);
		boolean carries = MAPPED.contains(bytes) || NAT64.contains(bytes) || COMPATIBLE.contains(bytes);
		return (carries && !own) ? Arrays.copyOfRange(bytes, 12, 16) : bytes;
	}

}
