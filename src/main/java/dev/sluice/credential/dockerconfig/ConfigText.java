package dev.sluice.credential.dockerconfig;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * The bytes of a configuration as text: UTF-8, or what the mark at its beginning says,
 * which editors on Windows write. What doesn't belong to the encoding becomes U+FFFD, as
 * for Docker, so that it costs only the text that it stands in.
 */
final class ConfigText {

	/** In place of what is no text. */
	static final char REPLACEMENT = '\uFFFD';

	private static final char MARK = '\uFEFF';

	private ConfigText() {
	}

	/**
	 * Decodes.
	 * @param bytes all of them
	 * @return the text, without a mark
	 */
	static String of(byte[] bytes) {
		String text = new String(bytes, charset(bytes));
		return (!text.isEmpty() && text.charAt(0) == MARK) ? text.substring(1) : text;
	}

	private static Charset charset(byte[] bytes) {
		int first = (bytes.length > 1) ? Byte.toUnsignedInt(bytes[0]) : 0;
		int second = (bytes.length > 1) ? Byte.toUnsignedInt(bytes[1]) : 0;
		if (first == 0xfe && second == 0xff) {
			return StandardCharsets.UTF_16BE;
		}
		return (first == 0xff && second == 0xfe) ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_8;
	}

}
