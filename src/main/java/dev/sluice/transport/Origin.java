package dev.sluice.transport;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.sluice.oci.Ipv6Literal;

/**
 * Where a credential belongs: scheme, host and port (RFC 6454). Immutable.
 *
 * @param scheme {@code https} or {@code http}
 * @param host lower case; an IPv6 address in brackets
 * @param port the effective port
 */
public record Origin(String scheme, String host, int port) {

	/** Underscores are allowed in no host's name, but many have them. */
	private static final Pattern AUTHORITY = Pattern
		.compile("([a-z0-9_](?:[a-z0-9._-]{0,252}[a-z0-9_.])?|\\[[0-9a-f:.]{2,45}])(?::(\\d{0,16}))?");

	/**
	 * An origin.
	 * @param scheme the scheme, in any case
	 * @param authority host and port, the port perhaps left out; a host in letters of any
	 * language is read as {@link DomainName} says
	 * @return the origin
	 * @throws IllegalArgumentException saying what is wrong, without the text
	 */
	public static Origin of(String scheme, String authority) {
		String lower = scheme.toLowerCase(Locale.ROOT);
		if (!lower.equals("https") && !lower.equals("http")) {
			throw new IllegalArgumentException("its scheme isn't http or https");
		}
		if (authority.indexOf('@') >= 0) {
			throw new IllegalArgumentException("it carries a login");
		}
		Matcher matcher = AUTHORITY.matcher(DomainName.ascii(authority).toLowerCase(Locale.ROOT));
		if (!matcher.matches() || !isAddressOrName(matcher.group(1))) {
			throw new IllegalArgumentException("its host or port isn't one");
		}
		return new Origin(lower, withoutDot(matcher.group(1)), port(lower, matcher.group(2)));
	}

	/**
	 * The origin of a URI.
	 * @param uri an absolute http or https URI
	 * @return its origin
	 * @throws IllegalArgumentException if it is anything else, or carries user info
	 */
	public static Origin of(URI uri) {
		return Url.parse(uri.toString()).origin();
	}

	public boolean isSecure() {
		return this.scheme.equals("https");
	}

	/**
	 * A URL there.
	 * @param pathAndQuery path and query, beginning with a slash
	 * @return the URL
	 */
	public Url resolve(String pathAndQuery) {
		return new Url(this, "/").resolve(pathAndQuery);
	}

	/**
	 * Host and port as a {@code Host} header has them (RFC 9110, 7.2).
	 * @return the host, and the port unless it is the scheme's own
	 */
	public String authority() {
		boolean usual = this.port == usualPort(this.scheme);
		return this.host + (usual ? "" : ":" + this.port);
	}

	/**
	 * The origin as text, the default port left out.
	 */
	@Override
	public String toString() {
		return this.scheme + "://" + authority();
	}

	/** The dot that ends an absolute name means nothing behind an address. */
	private static String withoutDot(String host) {
		String bare = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
		return AddressLiteral.parse(bare).isPresent() ? bare : host;
	}

	private static boolean isAddressOrName(String host) {
		return !host.startsWith("[") || Ipv6Literal.matches(host);
	}

	private static int port(String scheme, String digits) {
		long port = (digits == null || digits.isEmpty()) ? usualPort(scheme) : Long.parseLong(digits);
		if (port < 1 || port > 65535) {
			throw new IllegalArgumentException("its port isn't one");
		}
		return (int) port;
	}

	private static int usualPort(String scheme) {
		return scheme.equals("https") ? 443 : 80;
	}

}
