package dev.sluice.testing;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A request as it arrived. Its {@code toString} shows no header, query or body, because
 * those hold secrets. Immutable.
 *
 * @param method the HTTP method
 * @param path the raw path
 * @param query the raw query, or the empty string
 * @param headers header lines by name, whatever the name's case
 * @param body the body as text
 */
public record RecordedRequest(String method, String path, String query, Map<String, List<String>> headers,
		String body) {

	/** The first line of a header. */
	public Optional<String> header(String name) {
		return headerLines(name).stream().findFirst();
	}

	/** All lines of a header, in order. */
	public List<String> headerLines(String name) {
		return this.headers.getOrDefault(name, List.of());
	}

	/** Whether the header is there. */
	public boolean has(String name) {
		return this.headers.containsKey(name);
	}

	/** Whether this is a HEAD request. */
	public boolean isHead() {
		return this.method.equals("HEAD");
	}

	/** The first value of a query parameter. */
	public Optional<String> parameter(String name) {
		return parameters(name).stream().findFirst();
	}

	/** All values of a query parameter, decoded, in order. */
	public List<String> parameters(String name) {
		return values(this.query, name);
	}

	/** The first value of a field of the form in the body, decoded. */
	public Optional<String> field(String name) {
		return values(this.body, name).stream().findFirst();
	}

	RecordedRequest withoutHeader(String name) {
		Map<String, List<String>> remaining = new java.util.TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		remaining.putAll(this.headers);
		remaining.remove(name);
		return new RecordedRequest(this.method, this.path, this.query, remaining, this.body);
	}

	private static List<String> values(String encoded, String name) {
		return Stream.of(encoded.split("&", -1))
			.map((pair) -> pair.split("=", 2))
			.filter((pair) -> decode(pair[0]).equals(name))
			.map((pair) -> (pair.length == 2) ? decode(pair[1]) : "")
			.toList();
	}

	private static String decode(String encoded) {
		return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
	}

	@Override
	public String toString() {
		return this.method + " " + this.path;
	}

}
