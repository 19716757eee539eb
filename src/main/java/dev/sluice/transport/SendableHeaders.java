package dev.sluice.transport;

import java.util.Map;

import dev.sluice.oci.CredentialException.UnsendableHeader;
import dev.sluice.oci.Printable;

/**
 * Lets nothing into a request that isn't a header (RFC 9110, 5.1 and 5.5), whoever made
 * it: a line break in a credential would end the header, and two make another request.
 */
final class SendableHeaders {

	private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

	private SendableHeaders() {
	}

	/**
	 * Looks at headers of a request, before they are put into it.
	 * @param headers the headers
	 * @param target where they were to be sent
	 * @throws UnsendableHeader naming the first that is none, never its value
	 */
	static void check(Iterable<Map.Entry<String, String>> headers, Origin target) {
		for (Map.Entry<String, String> header : headers) {
			if (header.getKey().isEmpty() || !header.getKey().chars().allMatch(SendableHeaders::isOfName)) {
				throw new UnsendableHeader(target + ": '" + Printable.of(header.getKey()) + "' is no header's name");
			}
			if (!header.getValue().chars().allMatch(SendableHeaders::isOfValue)) {
				throw new UnsendableHeader(target + ": nothing was sent, because the header " + header.getKey()
						+ " would hold a control character or a letter beyond Latin-1: look at where its value is set");
			}
		}
	}

	private static boolean isOfName(int c) {
		return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
				|| TOKEN_MARKS.indexOf(c) >= 0;
	}

	private static boolean isOfValue(int c) {
		return c == '\t' || (c >= 0x20 && c <= 0x7e) || (c >= 0x80 && c <= 0xff);
	}

}
