package dev.sluice.credential.dockerconfig;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import dev.sluice.credential.CredentialText;
import tools.jackson.databind.JsonNode;

/**
 * Reads {@code HttpHeaders}. Left out without a word: {@code User-Agent} (Docker drops it
 * too), {@code Authorization} and {@code Host}, the hop-by-hop headers of RFC 9110
 * section 7.6.1, and what Sluice itself must decide for each request to stay correct.
 */
final class EndpointHeaders {

	private static final Set<String> NEVER_SENT = Set.of("user-agent", "authorization", "host", "connection",
			"keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection", "te", "trailer",
			"transfer-encoding", "upgrade", "accept", "accept-encoding", "content-length", "expect", "range");

	private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}+");

	private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e]{0,8192}+");

	private EndpointHeaders() {
	}

	/**
	 * Reads the headers.
	 * @param headers the entries of {@code HttpHeaders}
	 * @param problems told of each header that is not well formed, and so left out
	 * @return those to send, by name
	 */
	static Map<String, String> read(Set<Map.Entry<String, JsonNode>> headers, Consumer<String> problems) {
		Map<String, String> sent = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		for (Map.Entry<String, JsonNode> header : headers) {
			String name = CredentialText.withoutLineEnd(header.getKey());
			String value = CredentialText.withoutLineEnd(header.getValue().asString(""));
			if (NEVER_SENT.contains(name.toLowerCase(Locale.ROOT))) {
				continue;
			}
			if (header.getValue().isString() && isWellFormed(name, value)) {
				sent.put(name, value);
			}
			else {
				problems
					.accept("HttpHeaders entry '" + ServerAddress.printable(name) + "' is no HTTP header; left out");
			}
		}
		return sent;
	}

	/** CR and LF, above all, would break a request apart. */
	private static boolean isWellFormed(String name, String value) {
		return NAME.matcher(name).matches() && VALUE.matcher(value).matches();
	}

}
