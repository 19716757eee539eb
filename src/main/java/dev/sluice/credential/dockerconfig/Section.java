package dev.sluice.credential.dockerconfig;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

import dev.sluice.json.JsonCursor;

/**
 * One section of a Docker configuration: an object whose keys anybody may choose. Of a
 * key that is there twice the last counts; of a section that is there twice both do, as
 * for Docker. At most {@value #MOST} entries are kept. Not thread-safe; for one file.
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
	 * Reads it, and adds it to what was read before, which {@code null} takes away.
	 * @param value its value
	 * @param problems told why it, or some of it, can't be used
	 */
	void read(JsonCursor value, Consumer<String> problems) {
		boolean told = this.full;
		if (value.isObject()) {
			value.each(this::add);
		}
		else if (value.isNull()) {
			this.entries.clear();
		}
		else {
			problems.accept("'" + this.name + "' is no JSON object; left out");
		}
		if (this.full && !told) {
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
