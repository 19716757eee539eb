package dev.sluice.token;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The scope that a challenge asks for, verbatim: one scope or several with spaces between
 * them. Immutable.
 *
 * @param value the text, empty where the challenge names none
 */
record Scope(String value) {

	private static final Pattern SPACES = Pattern.compile("\\s+");

	/**
	 * The scopes one by one, as a GET repeats them.
	 * @return perhaps none
	 */
	List<String> parts() {
		return SPACES.splitAsStream(this.value).filter((part) -> !part.isEmpty()).toList();
	}

	@Override
	public String toString() {
		return this.value;
	}

}
