package dev.sluice.credential.given;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

import dev.sluice.credential.CredentialText;
import dev.sluice.credential.Secret;

/**
 * One secret as bytes that hold nothing else: UTF-8, 64 KiB at most, the line's end that
 * editors put there left out.
 */
public final class SecretText {

	static final int SIZE_LIMIT = 64 * 1024;

	private SecretText() {
	}

	/**
	 * Reads one.
	 * @param name what the secret is called in messages
	 * @param holder what the bytes were found in
	 * @param bytes all of them, or the first 64 KiB and one more
	 * @return the secret, not blank
	 * @throws UnusablePartException if it is too large, no text, or blank
	 */
	public static Secret read(String name, String holder, byte[] bytes) {
		if (bytes.length > SIZE_LIMIT) {
			throw new UnusablePartException(name, holder + " is larger than 64 KiB");
		}
		return of(name, holder, text(name, holder, bytes));
	}

	/**
	 * Takes one.
	 * @param name what the secret is called in messages
	 * @param holder what the text was found in
	 * @param text nothing but the secret, and perhaps the end of its line
	 * @return the secret, not blank
	 * @throws UnusablePartException if it is blank
	 */
	static Secret of(String name, String holder, String text) {
		String line = CredentialText.withoutLineEnd(text);
		if (line.isBlank()) {
			throw new UnusablePartException(name, holder + " is empty");
		}
		return new Secret(line);
	}

	private static String text(String name, String holder, byte[] bytes) {
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
		}
		catch (CharacterCodingException ex) {
			throw new UnusablePartException(name, holder + " is no UTF-8 text");
		}
	}

}
