package dev.sluice.transport;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * The parts of a URI reference (RFC 3986, appendix B), found in one pass.
 *
 * @param scheme the scheme, lower case, or null
 * @param authority host and port as written, or null
 * @param path the path, encoded, perhaps empty
 * @param query the query, encoded, with its question mark, or null
 */
record UrlReference(@Nullable String scheme, @Nullable String authority, String path, @Nullable String query) {

	/** RFC 3986, 2.2 and 2.3, without brackets and the percent sign. */
	private static final String PLAIN = "-._~:/?@!$&'()*+,;=";

	private static final HexFormat HEX = HexFormat.of().withUpperCase();

	/**
	 * Reads a reference.
	 * @param text the text, whatever it is
	 * @return its parts, the fragment left out
	 * @throws IllegalArgumentException if there is a control character in it
	 */
	static UrlReference of(String text) {
		String rest = text.strip();
		if (rest.chars().anyMatch((c) -> c < ' ' || c == 0x7f)) {
			throw new IllegalArgumentException("there is a control character in it");
		}
		rest = before('#', rest);
		int schemeEnd = schemeEnd(rest);
		String scheme = (schemeEnd > 0) ? rest.substring(0, schemeEnd).toLowerCase(Locale.ROOT) : null;
		rest = rest.substring((scheme != null) ? schemeEnd + 1 : 0);
		String authority = null;
		if (rest.startsWith("//")) {
			authority = before('/', before('?', rest.substring(2)));
			rest = rest.substring(2 + authority.length());
		}
		String path = before('?', rest);
		String query = (path.length() < rest.length()) ? encode(rest.substring(path.length())) : null;
		return new UrlReference(scheme, authority, encode(path), query);
	}

	/**
	 * Resolves the segments {@code .} and {@code ..} (RFC 3986, 5.2.4).
	 * @param path an absolute path
	 * @return the path without them
	 */
	static String withoutDots(String path) {
		if (!path.contains("/.")) {
			return path;
		}
		Deque<String> kept = new ArrayDeque<>();
		String[] segments = path.substring(1).split("/", -1);
		for (String segment : segments) {
			if (segment.equals("..")) {
				kept.pollLast();
			}
			else if (!segment.equals(".")) {
				kept.addLast(segment);
			}
		}
		String last = segments[segments.length - 1];
		boolean folder = (last.equals(".") || last.equals("..")) && !kept.isEmpty();
		return "/" + String.join("/", kept) + (folder ? "/" : "");
	}

	private static int schemeEnd(String text) {
		int colon = text.indexOf(':');
		for (int i = 0; i < colon; i++) {
			char c = text.charAt(i);
			boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
			boolean other = (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
			if (!letter && !(other && i > 0)) {
				return -1;
			}
		}
		return colon;
	}

	private static String before(char mark, String text) {
		int at = text.indexOf(mark);
		return (at < 0) ? text : text.substring(0, at);
	}

	/**
	 * Encodes what a request line can't hold. Characters up to U+00FF are bytes: that is
	 * how Netty reads a header.
	 */
	private static String encode(String text) {
		StringBuilder encoded = new StringBuilder(text.length());
		int length = text.length();
		for (int i = 0; i < length;) {
			int c = text.codePointAt(i);
			if (isPlain(c) || (c == '%' && isEscape(text, i))) {
				encoded.append((char) c);
			}
			else {
				byte[] bytes = (c <= 0xff) ? new byte[] { (byte) c }
						: Character.toString(c).getBytes(StandardCharsets.UTF_8);
				for (byte each : bytes) {
					encoded.append('%').append(HEX.toHexDigits(each));
				}
			}
			i += Character.charCount(c);
		}
		return encoded.toString();
	}

	private static boolean isPlain(int c) {
		return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || PLAIN.indexOf(c) >= 0;
	}

	private static boolean isEscape(String text, int at) {
		return at + 2 < text.length() && HexFormat.isHexDigit(text.charAt(at + 1))
				&& HexFormat.isHexDigit(text.charAt(at + 2));
	}

}
