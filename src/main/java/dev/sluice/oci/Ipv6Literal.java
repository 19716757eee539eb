package dev.sluice.oci;

import java.net.Inet6Address;

/**
 * An IPv6 address in brackets, as it stands in URLs (RFC 3986, 3.2.2), without a zone.
 */
public final class Ipv6Literal {

	private Ipv6Literal() {
	}

	/**
	 * Whether a text is one; no name is looked up.
	 * @param text any text, short
	 * @return whether it is an address in brackets
	 */
	public static boolean matches(String text) {
		if (!text.startsWith("[") || !text.endsWith("]") || text.indexOf('%') >= 0) {
			return false;
		}
		try {
			Inet6Address.ofLiteral(text.substring(1, text.length() - 1));
			return true;
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

}
