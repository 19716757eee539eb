package dev.sluice.token;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Parameters in order, percent-encoded for a query or a form. Not thread-safe.
 */
final class Parameters {

	private final List<String> pairs = new ArrayList<>();

	Parameters add(String name, @Nullable String value) {
		if (value != null) {
			this.pairs.add(encode(name) + "=" + encode(value));
		}
		return this;
	}

	String form() {
		return String.join("&", this.pairs);
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
	}

}
