package dev.sluice.credential.dockerconfig;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import dev.sluice.credential.CredentialText;
import dev.sluice.oci.Printable;
import dev.sluice.oci.ReservedHeaders;

/**
 * Reads {@code HttpHeaders}. Left out without a word: {@code User-Agent} (Docker drops it
 * too), {@code Authorization}, and {@link ReservedHeaders}.
 */
final class EndpointHeaders {

	private static final Set<String> NEVER_SENT = Set.of("user-agent", "authorization");

	private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}+");

	private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e]{0,8192}+");

	private EndpointHeaders() {
	}

	/**
	 * Reads the headers.
	 * @param headers the entries of {@code HttpHeaders}, empty for a value that is no
	 * text
	 * @param problems told of each header that is not well formed, and so left out
	 * @return those to send, by name
	 */
	static Map<String, String> read(Map<String, Optional<String>> headers, Consumer<String> problems) {
		Map<String, String> sent = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		headers.forEach((written, given) -> {
			String name = CredentialText.withoutLineEnd(written);
			if (!NEVER_SENT.contains(name.toLowerCase(Locale.ROOT)) && !ReservedHeaders.has(name)) {
				given.map(CredentialText::withoutLineEnd)
					.filter((value) -> isWellFormed(name, value))
					.ifPresentOrElse((value) -> sent.put(name, value), () -> problems.accept(
							"HttpHeaders entry '" + Printable.withoutLogin(name) + "' is no HTTP header; left out"));
			}
		});
		return sent;
	}

	/** CR and LF, above all, would break a request apart. */
	private static boolean isWellFormed(String name, String value) {
		return NAME.matcher(name).matches() && VALUE.matcher(value).matches();
	}

}
