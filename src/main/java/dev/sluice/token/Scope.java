package dev.sluice.token;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import dev.sluice.oci.RepositoryName;
import org.jspecify.annotations.Nullable;

/**
 * The scope that a challenge asks for, verbatim: one scope or several with spaces between
 * them. Immutable.
 *
 * @param value the text, empty where the challenge names none
 */
record Scope(String value) {

	/** Scopes at most: real ones name two. */
	static final int MOST = 64;

	/**
	 * The scope of a pull, where a challenge names none.
	 * @param repository the repository
	 * @return the scope
	 */
	static Scope pulling(RepositoryName repository) {
		return new Scope("repository:" + repository + ":pull");
	}

	/**
	 * The scopes one by one, as a GET repeats them, in linear time.
	 * @return perhaps none, {@value #MOST} at most
	 */
	List<String> parts() {
		List<String> parts = new ArrayList<>();
		int start = 0;
		for (int at = 0; at <= this.value.length() && parts.size() < MOST; at++) {
			if (at == this.value.length() || Character.isWhitespace(this.value.charAt(at))) {
				if (at > start) {
					parts.add(this.value.substring(start, at));
				}
				start = at + 1;
			}
		}
		return parts;
	}

	/**
	 * What it would be for another repository.
	 * @param repository the repository that it is for, or null
	 * @param other the other one, or null
	 * @return the same if it names none; empty if that can't be derived
	 */
	Optional<Scope> inferredFor(@Nullable RepositoryName repository, @Nullable RepositoryName other) {
		if (Objects.equals(repository, other) || this.value.indexOf(':') < 0) {
			return Optional.of(this);
		}
		String name = ":" + repository + ":";
		int at = this.value.indexOf(name);
		boolean plain = repository != null && other != null && at > 0 && at == this.value.lastIndexOf(name)
				&& parts().size() == 1;
		return plain
				? Optional.of(new Scope(
						this.value.substring(0, at) + ":" + other + ":" + this.value.substring(at + name.length())))
				: Optional.empty();
	}

	@Override
	public String toString() {
		return this.value;
	}

}
