package dev.sluice.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.netty.util.NetUtil;

/**
 * A range of addresses (RFC 4632). Immutable.
 */
public final class Cidr {

	private final byte[] network;

	private final int prefix;

	private Cidr(byte[] network, int prefix) {
		this.network = network;
		this.prefix = prefix;
	}

	/**
	 * Reads a range.
	 * @param text an address, or an address and the length of its prefix
	 * @return the range, or empty if the text is anything else
	 */
	public static Optional<Cidr> parse(String text) {
		int slash = text.indexOf('/');
		byte[] network = NetUtil.createByteArrayFromIpAddressString((slash < 0) ? text : text.substring(0, slash));
		if (network == null) {
			return Optional.empty();
		}
		int longest = network.length * 8;
		int prefix = (slash < 0) ? longest : prefix(text.substring(slash + 1));
		return (prefix >= 0 && prefix <= longest) ? Optional.of(new Cidr(network, prefix)) : Optional.empty();
	}

	static Cidr of(String text) {
		return parse(text).orElseThrow(() -> new IllegalArgumentException("not a range of addresses: " + text));
	}

	static List<Cidr> all(String... texts) {
		return Stream.of(texts).map(Cidr::of).toList();
	}

	int prefix() {
		return this.prefix;
	}

	/**
	 * Whether an address lies in the range; one of the other family never does.
	 * @param address 4 or 16 bytes
	 * @return whether it does
	 */
	public boolean contains(byte[] address) {
		if (address.length != this.network.length) {
			return false;
		}
		int whole = this.prefix / 8;
		for (int i = 0; i < whole; i++) {
			if (address[i] != this.network[i]) {
				return false;
			}
		}
		int rest = this.prefix % 8;
		int mask = (0xff << (8 - rest)) & 0xff;
		return rest == 0 || (address[whole] & mask) == (this.network[whole] & mask);
	}

	/**
	 * The network as it is written, with nothing behind its prefix.
	 * @return an address, and the length of its prefix unless that is all of it
	 */
	public String network() {
		byte[] first = this.network.clone();
		for (int bit = this.prefix; bit < first.length * 8; bit++) {
			first[bit / 8] &= (byte) ~(0x80 >> (bit % 8));
		}
		String address = text(first);
		return (this.prefix == first.length * 8) ? address : address + "/" + this.prefix;
	}

	/**
	 * Whether it was written by its first address.
	 * @return whether there is nothing behind its prefix
	 */
	public boolean isExact() {
		return Arrays.equals(of(network()).network, this.network);
	}

	private static String text(byte[] address) {
		try {
			return NetUtil.toAddressString(InetAddress.getByAddress(address));
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException("an address of " + address.length + " bytes", ex);
		}
	}

	private static int prefix(String digits) {
		boolean number = !digits.isEmpty() && digits.length() <= 3 && digits.chars().allMatch(Character::isDigit);
		return number ? Integer.parseInt(digits) : -1;
	}

}
