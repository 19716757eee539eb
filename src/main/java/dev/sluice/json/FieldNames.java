package dev.sluice.json;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Knows the fields of an object as Go's own reader does, and with it Docker and all that
 * is written for it: ignoring case, so that of a field that is there twice the last
 * counts, however it is written. Immutable.
 */
public final class FieldNames {

	private final Map<String, String> known = new HashMap<>();

	/**
	 * Takes the names.
	 * @param names the fields that count
	 */
	public FieldNames(Set<String> names) {
		names.forEach((name) -> this.known.put(name.toLowerCase(Locale.ROOT), name));
	}

	/**
	 * The field that is meant by a name.
	 * @param written the name as it was written
	 * @return the field's own name; empty if it is none of them
	 */
	public Optional<String> meant(String written) {
		return Optional.ofNullable(this.known.get(written.toLowerCase(Locale.ROOT)));
	}

}
