package dev.sluice.credential.dockerconfig;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

import dev.sluice.json.JsonCursor;

/**
 * One section of a Docker configuration: an object whose keys anybody may choose. Of a
 * key that is there twice the last counts. At most {@value #MOST} entries are kept. Not
 * thread-safe; for one file.
 *
 * @param <T> what an entry is read into
 */
final class Section<T> {

	/** Entries at most. */
	static final int MOST = 1000;

	private final String name;

	private final Function<JsonCursor, T> reader;

	private final Map<String, T> entries = new LinkedHashMap<>();

	private boolean full;

	Section(String name, Function<JsonCursor, T> reader) {
		this.name = name;
		this.reader = reader;
	}

	/**
	 * Reads it, in place of what was read before.
	 * @param value its value
	 * @param problems told why it, or some of it, can't be used
	 */
	void read(JsonCursor value, Consumer<String> problems) {
		this.entries.clear();
		if (value.isObject()) {
			value.each(this::add);
		}
		else if (!value.isNull()) {
			problems.accept("'" + this.name + "' is no JSON object; left out");
		}
		if (this.full) {
			problems.accept("'" + this.name + "' has more than " + MOST + " entries; those after them are left out");
		}
	}

	/**
	 * Reads one entry.
	 * @param key its key
	 * @param value its value
	 */
	void add(String key, JsonCursor value) {
		if (this.entries.size() < MOST || this.entries.containsKey(key)) {
			this.entries.put(key, this.reader.apply(value));
		}
		else {
			this.full = true;
		}
	}

	/** What was read, in the order of the file. */
	Map<String, T> entries() {
		return Collections.unmodifiableMap(this.entries);
	}

}
