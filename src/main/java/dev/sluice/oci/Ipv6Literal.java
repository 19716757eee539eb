package dev.sluice.oci;

import java.net.Inet6Address;
import java.util.regex.Pattern;

/**
 * An IPv6 address in brackets, as it stands in URLs (RFC 3986, 3.2.2), without a zone.
 */
public final class Ipv6Literal {

	/**
	 * A group has four digits at most; the JDK takes more zeros, and nobody else does.
	 */
	private static final Pattern TOO_MANY_DIGITS = Pattern.compile("[0-9A-Fa-f]{5}");

	private Ipv6Literal() {
	}

	/**
	 * Whether a text is one; no name is looked up.
	 * @param text any text, short
	 * @return whether it is an address in brackets
	 */
	public static boolean matches(String text) {
		if (!text.startsWith("[") || !text.endsWith("]") || text.indexOf('%') >= 0
				|| TOO_MANY_DIGITS.matcher(text).find()) {
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
