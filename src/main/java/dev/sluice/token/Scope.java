package dev.sluice.token;

import java.util.List;
import java.util.regex.Pattern;

import dev.sluice.oci.RepositoryName;

/**
 * The scope that a challenge asks for, verbatim: one scope or several with spaces between
 * them. Immutable.
 *
 * @param value the text, empty where the challenge names none
 */
record Scope(String value) {

	private static final Pattern SPACES = Pattern.compile("\\s+");

	/**
	 * The scope of a pull, where a challenge names none.
	 * @param repository the repository
	 * @return the scope
	 */
	static Scope pulling(RepositoryName repository) {
		return new Scope("repository:" + repository + ":pull");
	}

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
