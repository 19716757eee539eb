package dev.sluice.oci;

import java.util.regex.Pattern;

/**
 * A repository's name, without its registry, as the distribution spec defines
 * {@code <name>}. Immutable.
 *
 * @param value the name, for example {@code library/nginx}
 */
public record RepositoryName(String value) {

	private static final int LIMIT = 255;

	private static final String COMPONENT = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";

	private static final Pattern FORM = Pattern.compile(COMPONENT + "(?:/" + COMPONENT + ")*");

	/**
	 * Takes a name.
	 * @throws RequestException.Malformed if it isn't well formed
	 */
	public RepositoryName {
		if (value.length() > LIMIT || !FORM.matcher(value).matches()) {
			throw new RequestException.Malformed(ErrorCode.NAME_INVALID, "'" + Printable.of(value)
					+ "' is no repository name: lower-case letters, digits and single separators, 255 characters at most");
		}
	}

	public boolean hasOneComponent() {
		return this.value.indexOf('/') < 0;
	}

	@Override
	public String toString() {
		return this.value;
	}

}
