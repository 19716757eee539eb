package dev.sluice.web;

import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * A request's target (RFC 9112, 3.2) as clients send it, made well formed: characters
 * that can't stand there are percent-encoded, for Go's clients, curl and browsers send
 * some of them raw. What is encoded already stays as it is. Immutable.
 *
 * @param path path and query, encoded, with a leading slash
 * @param authority what the absolute form names as host and port, never empty, or null;
 * it counts instead of the {@code Host} header (RFC 9112, 3.2.2)
 */
record RequestTarget(String path, @Nullable String authority) {

	/** RFC 3986, 2.2 and 2.3, without brackets and the percent sign. */
	private static final String PLAIN = "-._~:/@!$&'()*+,;=";

	private static final HexFormat HEX = HexFormat.of().withUpperCase();

	/**
	 * Reads a target, in linear time.
	 * @param text the target; characters up to U+00FF are bytes
	 * @return the target, or empty if it is none
	 */
	static Optional<RequestTarget> parse(String text) {
		int authority = authorityAt(text);
		if (authority > 0) {
			int end = end(text, authority);
			if (end == authority) {
				return Optional.empty();
			}
			String rest = text.substring(end);
			return encoded(rest.startsWith("/") ? rest : "/" + rest)
				.map((path) -> new RequestTarget(path, text.substring(authority, end)));
		}
		return text.startsWith("/") || text.equals("*")
				? encoded(text.startsWith("/") ? text : "/" + text).map((path) -> new RequestTarget(path, null))
				: Optional.empty();
	}

	private static int authorityAt(String text) {
		String scheme = text.substring(0, Math.min(text.length(), 8)).toLowerCase(Locale.ROOT);
		return scheme.startsWith("http://") ? 7 : scheme.equals("https://") ? 8 : -1;
	}

	private static int end(String text, int start) {
		int at = start;
		while (at < text.length() && "/?#".indexOf(text.charAt(at)) < 0) {
			at++;
		}
		return at;
	}

	/**
	 * A bare percent sign is a fault in a path, as it is to Go, and itself in a query.
	 */
	private static Optional<String> encoded(String target) {
		StringBuilder encoded = new StringBuilder(target.length());
		boolean query = false;
		for (int i = 0; i < target.length(); i++) {
			char c = target.charAt(i);
			boolean escape = c == '%' && isEscape(target, i);
			if (c == '%' && !escape && !query) {
				return Optional.empty();
			}
			query |= c == '?';
			if (isPlain(c) || c == '?' || escape) {
				encoded.append(c);
			}
			else {
				encoded.append('%').append(HEX.toHexDigits((byte) c));
			}
		}
		return Optional.of(encoded.toString());
	}

	private static boolean isPlain(char c) {
		return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || PLAIN.indexOf(c) >= 0;
	}

	private static boolean isEscape(String text, int at) {
		return at + 2 < text.length() && HexFormat.isHexDigit(text.charAt(at + 1))
				&& HexFormat.isHexDigit(text.charAt(at + 2));
	}

}
