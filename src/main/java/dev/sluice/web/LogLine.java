package dev.sluice.web;

import dev.sluice.oci.Printable;
import org.jspecify.annotations.Nullable;

/**
 * A line of {@code key=value} pairs (logfmt): values with blanks or quotes are quoted,
 * empty ones left out, control characters replaced. Not thread-safe.
 */
final class LogLine {

	/** The longest path of the API, a name of 255 with a sha512 digest, fits in. */
	private static final int LIMIT = 1024;

	private final StringBuilder text = new StringBuilder();

	LogLine add(String key, @Nullable String value) {
		if (value == null || value.isEmpty()) {
			return this;
		}
		if (!this.text.isEmpty()) {
			this.text.append(' ');
		}
		this.text.append(key).append('=').append(quoted(Printable.of(value, LIMIT)));
		return this;
	}

	private static String quoted(String value) {
		boolean plain = value.chars().noneMatch((c) -> c == ' ' || c == '"' || c == '=' || c == '\\');
		return plain ? value : '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
	}

	@Override
	public String toString() {
		return this.text.toString();
	}

}
