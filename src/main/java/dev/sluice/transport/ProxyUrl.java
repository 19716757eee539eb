package dev.sluice.transport;

import java.nio.charset.StandardCharsets;
import java.util.Set;

import dev.sluice.transport.TransportSettings.EgressProxy;
import io.netty.handler.codec.http.QueryStringDecoder;
import org.jspecify.annotations.Nullable;

/**
 * Reads the address of an egress proxy as curl and Go's clients do:
 * {@code [http://][user[:password]@]host[:port]}. The last {@code @} ends the login,
 * whose two parts are percent-decoded once, after they were taken apart.
 */
public final class ProxyUrl {

	private static final String SCHEME = "http://";

	private ProxyUrl() {
	}

	/**
	 * Reads an address.
	 * @param text the address
	 * @param noProxy hosts reached without the proxy
	 * @return the proxy; its port is 80 where none is given
	 * @throws IllegalArgumentException saying what is expected, without the text
	 */
	public static EgressProxy read(String text, Set<String> noProxy) {
		String rest = withoutScheme(text.strip());
		int slash = slash(rest);
		String authority = (slash < 0) ? rest : rest.substring(0, slash);
		int at = authority.lastIndexOf('@');
		String login = (at < 0) ? "" : authority.substring(0, at);
		int colon = login.indexOf(':');
		try {
			Origin proxy = Origin.of("http", authority.substring(at + 1));
			return new EgressProxy(proxy.host(), proxy.port(), decoded((colon < 0) ? login : login.substring(0, colon)),
					(colon < 0) ? null : decoded(login.substring(colon + 1)), noProxy);
		}
		catch (IllegalArgumentException ex) {
			throw expected();
		}
	}

	/**
	 * Whether an address has a path, which no proxy is asked for: programs that read
	 * proxies from variables overlook it.
	 * @param text the address
	 * @return whether anything stands behind the slash that may end it
	 * @throws IllegalArgumentException as {@link #read}
	 */
	public static boolean hasPath(String text) {
		String rest = withoutScheme(text.strip());
		int slash = slash(rest);
		return slash >= 0 && slash < rest.length() - 1;
	}

	private static int slash(String rest) {
		return rest.indexOf('/', rest.lastIndexOf('@') + 1);
	}

	private static String withoutScheme(String text) {
		if (text.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
			return text.substring(SCHEME.length());
		}
		if (text.contains("://")) {
			throw expected();
		}
		return text;
	}

	/** A percent sign that begins no escape means itself. */
	private static @Nullable String decoded(String part) {
		if (part.isEmpty()) {
			return null;
		}
		try {
			return QueryStringDecoder.decodeComponent(part.replace("+", "%2B"), StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return part;
		}
	}

	private static IllegalArgumentException expected() {
		return new IllegalArgumentException("only http://[user:password@]host[:port] is supported");
	}

}
