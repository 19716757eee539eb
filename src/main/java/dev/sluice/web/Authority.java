package dev.sluice.web;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

import io.netty.util.NetUtil;

/**
 * Host and port as a {@code Host} header or an origin has them (RFC 9110, 7.2; RFC 6454).
 * Immutable.
 *
 * @param host the host, lower case, without the dot that ends an absolute name; an IPv6
 * address in brackets
 * @param port the port, where one is written
 */
record Authority(String host, OptionalInt port) {

	private static final int LONGEST = 512;

	/**
	 * Reads an authority, in linear time.
	 * @param text what a client wrote
	 * @return the authority, or empty if it is none
	 */
	static Optional<Authority> parse(String text) {
		int end = text.startsWith("[") ? text.indexOf(']') + 1 : text.indexOf(':');
		end = (end < 0) ? text.length() : end;
		if (text.length() > LONGEST || end == 0) {
			return Optional.empty();
		}
		String host = withoutLastDot(text.substring(0, end).toLowerCase(Locale.ROOT));
		String port = text.substring(end);
		boolean wellFormed = (host.startsWith("[") ? isIpv6(host) : isName(host)) && isPort(port);
		return wellFormed ? Optional.of(new Authority(host, number(port))) : Optional.empty();
	}

	/**
	 * Whether the host is an address. One whose last label is a number is never looked up
	 * by name (URL standard, "ends in a number").
	 * @return whether it can't be a name
	 */
	boolean isAddress() {
		String last = this.host.substring(this.host.lastIndexOf('.') + 1);
		return this.host.startsWith("[") || last.chars().allMatch((c) -> c >= '0' && c <= '9');
	}

	/** As it may stand in a {@code Host} header. */
	@Override
	public String toString() {
		return this.port.isPresent() ? this.host + ":" + this.port.getAsInt() : this.host;
	}

	private static String withoutLastDot(String host) {
		return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
	}

	private static boolean isIpv6(String host) {
		return NetUtil.isValidIpV6Address(host.substring(1, host.length() - 1));
	}

	private static boolean isName(String host) {
		return !host.isEmpty() && !host.endsWith(".") && host.chars()
			.allMatch((c) -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_');
	}

	private static boolean isPort(String port) {
		return port.isEmpty() || (port.charAt(0) == ':' && port.length() <= 17
				&& port.chars().skip(1).allMatch((c) -> c >= '0' && c <= '9') && number(port).orElse(0) <= 65535);
	}

	private static OptionalInt number(String port) {
		return (port.length() > 1)
				? OptionalInt.of((int) Math.min(Long.parseLong(port.substring(1)), Integer.MAX_VALUE))
				: OptionalInt.empty();
	}

}
