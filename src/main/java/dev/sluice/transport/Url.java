package dev.sluice.transport;

import java.util.Optional;

/**
 * A http(s) URL, read as the field's clients read it: Go's, curl and browsers take more
 * than {@link java.net.URI} does, and registries rely on it. References are resolved by
 * RFC 3986, 5.2.2; what can't stand in a request line is percent-encoded, and what is
 * encoded already stays as it is. Immutable; printing one leaves out its query, which may
 * be secret.
 *
 * @param origin scheme, host and port
 * @param target path and query, as they stand in a request line (RFC 9112, 3.2.1)
 */
public record Url(Origin origin, String target) {

	/** Characters at most. */
	private static final int LIMIT = 16 * 1024;

	/**
	 * Reads an absolute URL.
	 * @param text the text, from a header, a file or a setting
	 * @return the URL
	 * @throws IllegalArgumentException saying what is wrong, without the text: if it is
	 * no http(s) URL with a host, or carries user info
	 */
	public static Url parse(String text) {
		UrlReference reference = UrlReference.of(bounded(text));
		if (reference.scheme() == null) {
			throw new IllegalArgumentException("it doesn't begin with http:// or https://");
		}
		return absolute(reference.scheme(), reference);
	}

	/**
	 * Resolves what an answer of this URL refers to.
	 * @param reference an absolute or relative reference; a fragment is dropped
	 * @return the URL it means
	 * @throws IllegalArgumentException as {@link #parse}
	 */
	public Url resolve(String reference) {
		UrlReference other = UrlReference.of(bounded(reference));
		if (other.scheme() != null) {
			return absolute(other.scheme(), other);
		}
		if (other.authority() != null) {
			return absolute(this.origin.scheme(), other);
		}
		if (other.path().isEmpty()) {
			return new Url(this.origin, (other.query() != null) ? path() + other.query() : this.target);
		}
		String path = other.path().startsWith("/") ? other.path() : folder() + other.path();
		return new Url(this.origin, target(path, other));
	}

	/**
	 * The path alone.
	 * @return the path, at least {@code /}
	 */
	public String path() {
		int mark = this.target.indexOf('?');
		return (mark < 0) ? this.target : this.target.substring(0, mark);
	}

	/**
	 * The query alone.
	 * @return the query without its question mark, perhaps empty; or nothing
	 */
	public Optional<String> query() {
		int mark = this.target.indexOf('?');
		return (mark < 0) ? Optional.empty() : Optional.of(this.target.substring(mark + 1));
	}

	/**
	 * The same with further parameters.
	 * @param parameters parameters as they stand in a query, encoded
	 * @return the URL, its own parameters first
	 */
	public Url with(String parameters) {
		if (parameters.isEmpty()) {
			return this;
		}
		String joint = query().map((own) -> own.isEmpty() ? "" : "&").orElse("?");
		return new Url(this.origin, this.target + joint + parameters);
	}

	/**
	 * All of it, the query too.
	 * @return the URL as it is sent to others
	 */
	public String text() {
		return this.origin + this.target;
	}

	@Override
	public String toString() {
		return this.origin + path();
	}

	private String folder() {
		String path = path();
		return path.substring(0, path.lastIndexOf('/') + 1);
	}

	private static Url absolute(String scheme, UrlReference reference) {
		if (reference.authority() == null) {
			throw new IllegalArgumentException("it has no host");
		}
		return new Url(Origin.of(scheme, reference.authority()), target("/" + stripped(reference.path()), reference));
	}

	private static String stripped(String path) {
		return path.startsWith("/") ? path.substring(1) : path;
	}

	private static String target(String path, UrlReference reference) {
		return UrlReference.withoutDots(path) + ((reference.query() != null) ? reference.query() : "");
	}

	private static String bounded(String text) {
		if (text.length() > LIMIT) {
			throw new IllegalArgumentException("it is longer than " + LIMIT + " characters");
		}
		return text;
	}

}
