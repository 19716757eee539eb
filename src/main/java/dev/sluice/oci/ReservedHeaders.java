package dev.sluice.oci;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The headers of a request that nobody may add from outside: what Sluice itself decides
 * for each request to stay correct, those that tell of a body or of what the client has
 * already, and those of a single connection (RFC 9110, 7.6.1). One that was added would
 * be overwritten, or break pulls.
 */
public final class ReservedHeaders {

	private static final Set<String> NAMES = Set.of("host", "accept", "accept-encoding", "expect", "range",
			"connection", "http2-settings", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade");

	private static final List<String> BEGINNINGS = List.of("content-", "if-", "proxy-");

	private ReservedHeaders() {
	}

	/**
	 * Whether a header is one of them.
	 * @param name its name, in any case
	 * @return whether it is
	 */
	public static boolean has(String name) {
		String lower = name.toLowerCase(Locale.ROOT);
		return NAMES.contains(lower) || BEGINNINGS.stream().anyMatch(lower::startsWith);
	}

}
