package dev.sluice.oci;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Parameters in order, percent-encoded for a query or a form (RFC 3986, 2.1). Not
 * thread-safe.
 */
public final class QueryParameters {

	private final List<String> pairs = new ArrayList<>();

	/**
	 * Adds one.
	 * @param name its name
	 * @param value its value, as it is; null adds nothing
	 * @return these parameters
	 */
	public QueryParameters add(String name, @Nullable String value) {
		if (value != null) {
			this.pairs.add(encode(name) + "=" + encode(value));
		}
		return this;
	}

	/**
	 * All of them, encoded.
	 * @return the query or form, without a question mark
	 */
	@Override
	public String toString() {
		return String.join("&", this.pairs);
	}

	/** A plus would be a space to some readers of a query, and itself to others. */
	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
	}

}
