package dev.sluice.json;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Knows the fields of an object as Go's own reader does, and with it Docker and all that
 * is written for it: by exact name, else ignoring case. Not thread-safe; for one object.
 */
public final class FieldNames {

	private final Map<String, String> known = new HashMap<>();

	private final Set<String> seen = new HashSet<>();

	/**
	 * Starts with an object.
	 * @param names the fields that count
	 */
	public FieldNames(Set<String> names) {
		names.forEach((name) -> this.known.put(name.toLowerCase(Locale.ROOT), name));
	}

	/**
	 * The field that is meant by the next name.
	 * @param written the name as it was written
	 * @return the field's own name; empty if it is none of them, or one that was there
	 * before and no exact name
	 */
	public Optional<String> next(String written) {
		String name = this.known.get(written.toLowerCase(Locale.ROOT));
		if (name == null) {
			return Optional.empty();
		}
		boolean first = this.seen.add(name);
		return (first || written.equals(name)) ? Optional.of(name) : Optional.empty();
	}

}
