package dev.sluice.transport;

import java.net.URI;
import java.util.Locale;

/**
 * Where a credential belongs: scheme, host and port (RFC 6454). Immutable.
 *
 * @param scheme {@code https} or {@code http}
 * @param host lower case; an IPv6 address in brackets
 * @param port the effective port
 */
public record Origin(String scheme, String host, int port) {

	/**
	 * The origin of a URI.
	 * @param uri an absolute http or https URI
	 * @return its origin
	 * @throws IllegalArgumentException if it is anything else, or carries user info
	 */
	public static Origin of(URI uri) {
		String scheme = (uri.getScheme() != null) ? uri.getScheme().toLowerCase(Locale.ROOT) : "";
		boolean wanted = (scheme.equals("https") || scheme.equals("http")) && uri.getHost() != null
				&& uri.getRawUserInfo() == null;
		if (!wanted) {
			throw new IllegalArgumentException("not a http(s) URI with a host and no user info");
		}
		int port = (uri.getPort() >= 0) ? uri.getPort() : scheme.equals("https") ? 443 : 80;
		return new Origin(scheme, uri.getHost().toLowerCase(Locale.ROOT), port);
	}

	public boolean isSecure() {
		return this.scheme.equals("https");
	}

	public URI resolve(String pathAndQuery) {
		return URI.create(this + pathAndQuery);
	}

	/**
	 * The origin as text, the default port left out.
	 */
	@Override
	public String toString() {
		boolean usual = this.port == (isSecure() ? 443 : 80);
		return this.scheme + "://" + this.host + (usual ? "" : ":" + this.port);
	}

}
