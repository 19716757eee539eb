package dev.sluice.credential.dockerconfig;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

import dev.sluice.credential.Credential;
import dev.sluice.credential.Secret;

/**
 * Reads an entry's {@code auth}: base64, padded or not, of {@code username:password}. The
 * first colon separates; NULs around the password are trimmed, as Docker does.
 */
final class EncodedLogin {

	private EncodedLogin() {
	}

	/**
	 * Decodes.
	 * @param auth the field's text
	 * @return the user name and the password, which may be empty
	 * @throws MalformedEntryException if it is no base64, no UTF-8, or has no user name
	 */
	static Credential.Basic decode(String auth) throws MalformedEntryException {
		String login = utf8(base64(auth));
		int colon = login.indexOf(':');
		if (colon < 0) {
			throw new MalformedEntryException("has an 'auth' without a colon between user name and password");
		}
		if (colon == 0) {
			throw new MalformedEntryException("has an 'auth' without a user name");
		}
		return new Credential.Basic(login.substring(0, colon), new Secret(withoutNuls(login.substring(colon + 1))));
	}

	private static byte[] base64(String auth) throws MalformedEntryException {
		try {
			return Base64.getDecoder().decode(auth.replaceAll("\\s", ""));
		}
		catch (IllegalArgumentException ex) {
			throw new MalformedEntryException("has an 'auth' that is no base64");
		}
	}

	private static String utf8(byte[] bytes) throws MalformedEntryException {
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
		}
		catch (CharacterCodingException ex) {
			throw new MalformedEntryException("has an 'auth' that is no UTF-8");
		}
	}

	private static String withoutNuls(String password) {
		int start = 0;
		int end = password.length();
		while (start < end && password.charAt(start) == 0) {
			start++;
		}
		while (end > start && password.charAt(end - 1) == 0) {
			end--;
		}
		return password.substring(start, end);
	}

}
