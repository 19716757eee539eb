package dev.sluice.oci;

import java.util.regex.Pattern;

/**
 * A tag, as the distribution spec defines it. Immutable.
 *
 * @param value the tag, 128 characters at most
 */
public record Tag(String value) implements Reference {

	private static final Pattern FORM = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");

	/**
	 * Takes a tag.
	 * @throws RequestException.Malformed if it isn't well formed
	 */
	public Tag {
		if (!FORM.matcher(value).matches()) {
			throw new RequestException.Malformed(ErrorCode.TAG_INVALID, "'" + Printable.of(value) + "' is no tag");
		}
	}

	@Override
	public String toString() {
		return this.value;
	}

}
