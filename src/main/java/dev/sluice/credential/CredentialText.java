package dev.sluice.credential;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Decides what foreign text may be part of a {@link Credential}. Every credential passes
 * here when it is made, whatever it comes from: the line's end that editors, {@code echo}
 * and {@code base64} leave is left out, and what can't be sent as it is, or would mean
 * something else on the wire, is refused. Linear in the text's length.
 */
public final class CredentialText {

	/** Of each part, characters. */
	static final int LIMIT = 64 * 1024;

	private static final int DELETE = 0x7f;

	private CredentialText() {
	}

	/**
	 * Leaves out the ends of lines that a text ends with.
	 * @param text any text
	 * @return it without the CRs and LFs at its end
	 */
	public static String withoutLineEnd(String text) {
		int end = text.length();
		while (end > 0 && isLineEnd(text.charAt(end - 1))) {
			end--;
		}
		return text.substring(0, end);
	}

	/**
	 * Looks for a control character (C0, DEL, C1), which breaks a header apart or ends
	 * it.
	 * @param text any text
	 * @return the first one, for messages, such as {@code U+000A}
	 */
	public static Optional<String> controlCharacter(String text) {
		return shown(text.chars().filter(Character::isISOControl).findFirst());
	}

	/** Goes before a colon, into Basic (RFC 7617, 2: no colon, no control characters). */
	static String username(String text) {
		String name = filled(PartKind.USERNAME, text);
		refuse(PartKind.USERNAME, controlCharacter(name));
		if (name.indexOf(':') >= 0) {
			throw new UnusableCredentialException(PartKind.USERNAME,
					"holds a colon, which ends the user name in Basic authentication");
		}
		return name;
	}

	/**
	 * RFC 7617 forbids control characters in a password too, and most that hold one are
	 * two lines where one is meant. But clouds take a key in JSON for one, written over
	 * many lines ({@code _json_key} at Google, {@code json_key} at Yandex), or its base64
	 * in lines: under these user names, and no others, the layout of a key is part of the
	 * password, and Basic's own base64 and a form's percent-encoding carry it unharmed.
	 */
	static Secret password(String username, Secret secret) {
		String text = within(PartKind.PASSWORD, withoutLineEnd(secret.reveal()));
		boolean document = isKey(username, text);
		refuse(PartKind.PASSWORD,
				shown(text.chars()
					.filter((character) -> Character.isISOControl(character) && !(document && isLayout(character)))
					.findFirst()));
		return new Secret(text);
	}

	/** Goes into a form, percent-encoded, or into Basic. */
	static Secret identityToken(Secret secret) {
		String text = filled(PartKind.IDENTITY_TOKEN, secret.reveal());
		refuse(PartKind.IDENTITY_TOKEN, controlCharacter(text));
		return new Secret(text);
	}

	/**
	 * Goes into a header as it is. A blank or a comma, which no {@code b64token} has (RFC
	 * 6750, 2.1), would end it there, and what follows would be read as something else.
	 */
	static Secret registryToken(Secret secret) {
		String text = filled(PartKind.REGISTRY_TOKEN, secret.reveal());
		refuse(PartKind.REGISTRY_TOKEN, controlCharacter(text));
		if (text.chars().anyMatch((character) -> character > DELETE)) {
			throw new UnusableCredentialException(PartKind.REGISTRY_TOKEN, "holds a character that isn't ASCII");
		}
		if (text.indexOf(' ') >= 0) {
			throw new UnusableCredentialException(PartKind.REGISTRY_TOKEN, "holds a blank: no bearer token may");
		}
		if (!isBearerToken(text)) {
			throw new UnusableCredentialException(PartKind.REGISTRY_TOKEN,
					"holds a character that no bearer token may: letters, digits, -._~+/ and = at the end are allowed");
		}
		return new Secret(text);
	}

	private static String filled(PartKind part, String text) {
		String line = within(part, withoutLineEnd(text));
		if (line.isBlank()) {
			throw new UnusableCredentialException(part, "is empty");
		}
		return line;
	}

	private static String within(PartKind part, String text) {
		if (text.length() > LIMIT) {
			throw new UnusableCredentialException(part, "is longer than 64 KiB");
		}
		return text;
	}

	private static void refuse(PartKind part, Optional<String> controlCharacter) {
		if (controlCharacter.isPresent()) {
			throw new UnusableCredentialException(part,
					"holds a control character (" + controlCharacter.get() + ") before its end");
		}
	}

	private static Optional<String> shown(OptionalInt character) {
		return character.isPresent() ? Optional.of("U+%04X".formatted(character.getAsInt())) : Optional.empty();
	}

	private static boolean isKey(String username, String password) {
		return switch (username) {
			case "_json_key", "json_key" -> isJsonObject(password.strip());
			case "_json_key_base64" -> password.chars().allMatch((it) -> isBase64(it) || it == '=' || isLayout(it));
			default -> false;
		};
	}

	private static boolean isJsonObject(String text) {
		return text.startsWith("{") && text.endsWith("}");
	}

	private static boolean isBearerToken(String text) {
		int end = text.length();
		while (end > 0 && text.charAt(end - 1) == '=') {
			end--;
		}
		return end > 0 && text.chars().limit(end).allMatch((it) -> isBase64(it) || "-._~".indexOf(it) >= 0);
	}

	private static boolean isBase64(int character) {
		return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z')
				|| (character >= '0' && character <= '9') || character == '+' || character == '/';
	}

	private static boolean isLayout(int character) {
		return character == '\n' || character == '\r' || character == '\t';
	}

	private static boolean isLineEnd(char character) {
		return character == '\n' || character == '\r';
	}

}
