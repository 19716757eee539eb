package dev.sluice.transport;

import java.net.IDN;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Hosts in letters of any language, as DNS has them (RFC 3490). A header's come as UTF-8,
 * a character for each byte; a setting's as they are.
 */
final class DomainName {

	/**
	 * Characters of a host at most, more than any name has: encoding takes their square.
	 */
	private static final int LONGEST = 255;

	/**
	 * Characters that newer rules keep and {@link IDN} replaces (UTS 46, 7): the name
	 * that results may be somebody else's.
	 */
	private static final String DEVIATING = "\u00df\u1e9e\u03c2\u200c\u200d";

	private DomainName() {
	}

	/**
	 * Writes the host of an authority in ASCII.
	 * @param authority host and port, the port perhaps left out
	 * @return the same where it is ASCII, whatever it is; else its host in ASCII
	 * @throws IllegalArgumentException without the text, if its host is no name
	 */
	static String ascii(String authority) {
		if (authority.chars().allMatch((c) -> c < 0x80)) {
			return authority;
		}
		String text = decoded(authority);
		int colon = text.lastIndexOf(':');
		int end = (colon < 0) ? text.length() : colon;
		return encoded(text.substring(0, end)) + text.substring(end);
	}

	private static String decoded(String authority) {
		if (authority.chars().anyMatch((c) -> c > 0xff)) {
			return authority;
		}
		try {
			ByteBuffer bytes = ByteBuffer.wrap(authority.getBytes(StandardCharsets.ISO_8859_1));
			return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
		}
		catch (CharacterCodingException ex) {
			return authority;
		}
	}

	private static String encoded(String host) {
		if (host.length() > LONGEST || host.chars().anyMatch((c) -> DEVIATING.indexOf(c) >= 0)) {
			throw noName();
		}
		try {
			return IDN.toASCII(host, IDN.USE_STD3_ASCII_RULES);
		}
		catch (IllegalArgumentException ex) {
			throw noName();
		}
	}

	private static IllegalArgumentException noName() {
		return new IllegalArgumentException("its host name isn't one");
	}

}
