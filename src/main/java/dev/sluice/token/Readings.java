package dev.sluice.token;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * The ways in which somebody else's words may be read: as they came, and percent-decoded
 * as a path and as a form are (RFC 3986, 2.1; in a form a plus is a space). Of a header
 * each character is a byte, and several may be one letter.
 */
final class Readings {

	private Readings() {
	}

	/**
	 * Reads a text, in linear time.
	 * @param text any text
	 * @return its readings in small letters, three at most
	 */
	static List<String> of(String text) {
		String plain = text.toLowerCase(Locale.ROOT);
		boolean coded = text.chars().anyMatch((c) -> c == '%' || (c >= 0x80 && c <= 0xff));
		String path = coded ? decoded(text).toLowerCase(Locale.ROOT) : plain;
		if (text.indexOf('+') < 0) {
			return coded ? List.of(plain, path) : List.of(plain);
		}
		return List.of(plain, path, decoded(text.replace('+', ' ')).toLowerCase(Locale.ROOT));
	}

	private static String decoded(String text) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
		for (int at = 0; at < text.length();) {
			int c = text.codePointAt(at);
			Integer escaped = (c == '%') ? escape(text, at) : null;
			if (escaped != null || c <= 0xff) {
				bytes.write((escaped != null) ? escaped : c);
			}
			else {
				bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
			}
			at += (escaped != null) ? 3 : Character.charCount(c);
		}
		return bytes.toString(StandardCharsets.UTF_8);
	}

	private static @Nullable Integer escape(String text, int at) {
		int high = (at + 2 < text.length()) ? Character.digit(text.charAt(at + 1), 16) : -1;
		int low = (high >= 0) ? Character.digit(text.charAt(at + 2), 16) : -1;
		return (low >= 0) ? Integer.valueOf(high * 16 + low) : null;
	}

}
