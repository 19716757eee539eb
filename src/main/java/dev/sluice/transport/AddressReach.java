package dev.sluice.transport;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tells how far away an address is, by the special-purpose address registries of IANA
 * (RFC 6890 and its updates, 2026-11): what isn't "globally reachable" there is near or
 * forbidden. An IPv6 address that carries an IPv4 address (mapped, and NAT64's well-known
 * prefix) is as far away as that. Of IPv6 only 2000::/3 is given out at all.
 */
final class AddressReach {

	private static final Cidr MAPPED = Cidr.of("::ffff:0:0/96");

	private static final Cidr NAT64 = Cidr.of("64:ff9b::/96");

	/** The most specific block counts. */
	private static final List<Block> BLOCKS = Stream.of(blocks(Reach.LOOPBACK, "127.0.0.0/8", "::1/128"),
			blocks(Reach.PRIVATE, "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7",
					"fec0::/10"),
			blocks(Reach.FORBIDDEN, "0.0.0.0/8", "169.254.0.0/16", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
					"198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "::/0",
					"2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"),
			blocks(Reach.PUBLIC, "0.0.0.0/0", "192.0.0.9/32", "192.0.0.10/32", "2000::/3", "2001:1::1/128",
					"2001:1::2/128", "2001:1::3/128", "2001:3::/32", "2001:4:112::/48", "2001:20::/28", "2001:30::/28"),
			// the metadata servers of clouds, in blocks that are otherwise near or public
			blocks(Reach.FORBIDDEN, "192.0.0.192/32", "100.100.100.200/32", "168.63.129.16/32", "fd00:ec2::254/128"))
		.flatMap(List::stream)
		.sorted(Comparator.comparingInt((Block block) -> block.range().prefix()).reversed())
		.toList();

	private AddressReach() {
	}

	/**
	 * Classifies an address.
	 * @param address the address
	 * @return its reach
	 */
	static Reach of(InetAddress address) {
		byte[] bytes = effective(address.getAddress());
		return BLOCKS.stream()
			.filter((block) -> block.range().contains(bytes))
			.findFirst()
			.map(Block::reach)
			.orElse(Reach.FORBIDDEN);
	}

	private static byte[] effective(byte[] bytes) {
		boolean carries = MAPPED.contains(bytes) || NAT64.contains(bytes);
		return carries ? Arrays.copyOfRange(bytes, 12, 16) : bytes;
	}

	private static List<Block> blocks(Reach reach, String... ranges) {
		return Stream.of(ranges).map((range) -> new Block(Cidr.of(range), reach)).toList();
	}

	private record Block(Cidr range, Reach reach) {
	}

}
