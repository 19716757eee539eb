package dev.sluice.credential.dockerconfig;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Knows the fields of an object as Docker's own reader does: by exact name, else ignoring
 * case. Not thread-safe; for one object.
 */
final class FieldNames {

	private final Map<String, String> known = new HashMap<>();

	private final Set<String> seen = new HashSet<>();

	FieldNames(Set<String> names) {
		names.forEach((name) -> this.known.put(name.toLowerCase(Locale.ROOT), name));
	}

	/**
	 * The field that is meant by the next name.
	 * @param written the name as it was written
	 * @return the field's own name; empty if it is none of them, or one that was there
	 * before and no exact name
	 */
	Optional<String> next(String written) {
		String name = this.known.get(written.toLowerCase(Locale.ROOT));
		if (name == null) {
			return Optional.empty();
		}
		boolean first = this.seen.add(name);
		return (first || written.equals(name)) ? Optional.of(name) : Optional.empty();
	}

}
