package dev.sluice.web;

import java.util.Optional;

import dev.sluice.oci.QueryParameters;
import dev.sluice.oci.RequestException;
import dev.sluice.oci.UpstreamException;

/**
 * Keeps a client on Sluice from page to page: the query of a registry's next page is put
 * behind the client's own path, with the {@code ns} it came by.
 */
final class PageLink {

	private PageLink() {
	}

	/**
	 * The link for the client.
	 * @param nextPage the next page's query, encoded
	 * @param rawPath the client's own path
	 * @param namespace the client's {@code ns}
	 * @return the {@code Link} header's value (RFC 8288), or empty if the query is of
	 * nothing but another {@code ns}
	 */
	static Optional<String> of(String nextPage, String rawPath, Optional<String> namespace) {
		String query = withoutNamespace(nextPage);
		String ns = namespace.map((value) -> "&" + new QueryParameters().add("ns", value)).orElse("");
		return query.isEmpty() ? Optional.empty() : Optional.of("<" + rawPath + "?" + query + ns + ">; rel=\"next\"");
	}

	/** Without the link a client would take the page for all there is. */
	private static String withoutNamespace(String nextPage) {
		try {
			return ClientQuery.of(nextPage).withoutNamespace();
		}
		catch (RequestException.Malformed ex) {
			throw new UpstreamException.InvalidAnswer("the upstream's link to the next page: " + ex.getMessage());
		}
	}

}
