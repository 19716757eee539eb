package dev.sluice.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;

import io.netty.util.NetUtil;

/**
 * Reads hosts that are addresses: dotted IPv4, IPv6 with or without brackets, and the old
 * notations of IPv4 that resolvers still take (one to four parts, decimal, octal or
 * hexadecimal; the URL standard's "IPv4 parser").
 */
final class AddressLiteral {

	private AddressLiteral() {
	}

	/**
	 * Reads an address.
	 * @param host a host
	 * @return the address, or empty if the host is a name
	 */
	static Optional<InetAddress> parse(String host) {
		String bare = (host.startsWith("[") && host.endsWith("]")) ? host.substring(1, host.length() - 1) : host;
		byte[] bytes = NetUtil.createByteArrayFromIpAddressString(bare);
		if (bytes == null || looksNumeric(bare)) {
			return looksNumeric(bare) ? oldNotation(bare) : Optional.empty();
		}
		return Optional.of(address(bytes));
	}

	/**
	 * Whether a host ends in a number, so that it can't be a name.
	 * @param host a host
	 * @return whether its last label is a number
	 */
	static boolean looksNumeric(String host) {
		String last = host.substring(host.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
		boolean digits = !last.isEmpty() && last.chars().allMatch((c) -> c >= '0' && c <= '9');
		return host.indexOf(':') < 0 && (digits || last.matches("0x[0-9a-f]*"));
	}

	private static Optional<InetAddress> oldNotation(String host) {
		String[] parts = host.split("\\.", -1);
		if (parts.length > 4) {
			return Optional.empty();
		}
		long address = 0;
		for (int i = 0; i < parts.length; i++) {
			boolean last = i == parts.length - 1;
			int bits = last ? 8 * (4 - i) : 8;
			long number = number(parts[i].toLowerCase(Locale.ROOT));
			if (number < 0 || number >= (1L << bits)) {
				return Optional.empty();
			}
			address = (address << bits) | number;
		}
		return Optional.of(address(
				new byte[] { (byte) (address >> 24), (byte) (address >> 16), (byte) (address >> 8), (byte) address }));
	}

	private static long number(String part) {
		try {
			if (part.startsWith("0x")) {
				return (part.length() == 2) ? 0 : Long.parseUnsignedLong(part.substring(2), 16);
			}
			boolean octal = part.length() > 1 && part.startsWith("0");
			return Long.parseLong(part, octal ? 8 : 10);
		}
		catch (NumberFormatException ex) {
			return -1;
		}
	}

	private static InetAddress address(byte[] bytes) {
		try {
			return InetAddress.getByAddress(bytes);
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException("4 or 16 bytes are an address", ex);
		}
	}

}
