package dev.sluice.web;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Keeps a client on Sluice from page to page: of an upstream's {@code Link} (RFC 8288)
 * only the query counts, put behind the client's own path, with the {@code ns} it came
 * by.
 */
final class PageLink {

	private static final Pattern NEXT = Pattern.compile("<[^>?]*(?:\\?([^>]*))?>(?=\\s*;[^<]*rel=\"?next\"?)",
			Pattern.CASE_INSENSITIVE);

	private PageLink() {
	}

	/**
	 * The link for the client.
	 * @param upstreamLink the upstream's header
	 * @param rawPath the client's own path
	 * @param namespace the client's {@code ns}, already encoded
	 * @return the header's value, or empty if the upstream's names no next page
	 */
	static Optional<String> of(String upstreamLink, String rawPath, Optional<String> namespace) {
		Matcher matcher = NEXT.matcher(upstreamLink);
		if (!matcher.find()) {
			return Optional.empty();
		}
		String query = withoutNamespace((matcher.group(1) != null) ? matcher.group(1) : "");
		String ns = namespace.map((value) -> (query.isEmpty() ? "" : "&") + "ns=" + value).orElse("");
		return Optional.of("<" + rawPath + "?" + query + ns + ">; rel=\"next\"");
	}

	/** An upstream's {@code ns} would lead the client to another registry. */
	private static String withoutNamespace(String query) {
		return Arrays.stream(query.split("&"))
			.filter((parameter) -> !parameter.startsWith("ns="))
			.collect(Collectors.joining("&"));
	}

}
