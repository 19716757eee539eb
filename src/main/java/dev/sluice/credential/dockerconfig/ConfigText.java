package dev.sluice.credential.dockerconfig;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * The bytes of a configuration as text: UTF-8, or what the mark at its beginning says,
 * which editors on Windows write.
 */
final class ConfigText {

	private static final char MARK = '\uFEFF';

	private ConfigText() {
	}

	/**
	 * Decodes.
	 * @param bytes all of them
	 * @return the text, without a mark
	 * @throws MalformedConfigException if it is no text
	 */
	static String of(byte[] bytes) throws MalformedConfigException {
		try {
			String text = charset(bytes).newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
			return (!text.isEmpty() && text.charAt(0) == MARK) ? text.substring(1) : text;
		}
		catch (CharacterCodingException ex) {
			throw new MalformedConfigException("is no valid JSON, for it is no UTF-8 text");
		}
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
