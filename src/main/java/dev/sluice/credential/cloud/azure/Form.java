package dev.sluice.credential.cloud.azure;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Parameters in order, encoded for a query or a form. Not thread-safe.
 */
final class Form {

	private final List<String> pairs = new ArrayList<>();

	Form add(String name, String value) {
		this.pairs.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
		return this;
	}

	@Override
	public String toString() {
		return String.join("&", this.pairs);
	}

}
