package dev.sluice.settings.file;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;

/**
 * How large YAML becomes as settings: aliases repeat what they stand for, and every
 * setting is called by all keys above it, so that a few lines may fill any memory
 * ("billion laughs"). Counted while it is parsed, before anything is made of it. Confined
 * to one thread.
 */
final class YamlSize {

	/** Far more than people write. */
	private static final long MOST_SETTINGS = 50_000;

	private static final long MOST_CHARACTERS = 16 * 1024 * 1024;

	private static final int DEEPEST = 50;

	/** What a list's entry adds to the names below it. */
	private static final int INDEX = 8;

	private final Deque<Part> open = new ArrayDeque<>();

	private final Map<String, Part> anchored = new HashMap<>();

	private YamlSize() {
	}

	/**
	 * Counts.
	 * @param events what the parser finds
	 * @throws YAMLException if it is too large, too deep or stands for itself
	 */
	static void check(Iterable<Event> events) {
		YamlSize size = new YamlSize();
		events.forEach(size::count);
	}

	private void count(Event event) {
		switch (event.getEventId()) {
			case DocumentStart -> this.anchored.clear();
			case MappingStart, SequenceStart -> begin((CollectionStartEvent) event);
			case MappingEnd, SequenceEnd -> add(this.open.pop());
			case Scalar -> add(Part.of((ScalarEvent) event));
			case Alias -> add(meant((AliasEvent) event));
			default -> {
			}
		}
	}

	private void begin(CollectionStartEvent event) {
		Part part = new Part(event.getAnchor(), event instanceof MappingStartEvent);
		if (this.open.size() == DEEPEST) {
			throw new YAMLException("too deep");
		}
		this.open.push(part);
	}

	/** An unknown alias counts for nothing: the parser has an error of its own for it. */
	private Part meant(AliasEvent alias) {
		if (this.open.stream().anyMatch((part) -> alias.getAnchor().equals(part.anchor))) {
			throw new YAMLException("an alias within what it stands for");
		}
		return this.anchored.getOrDefault(alias.getAnchor(), new Part(null, false)).again();
	}

	private void add(Part part) {
		if (part.anchor != null) {
			this.anchored.put(part.anchor, part);
		}
		Part above = this.open.peek();
		if (above != null) {
			above.add(part);
			part = above;
		}
		if (part.settings > MOST_SETTINGS || part.characters > MOST_CHARACTERS) {
			throw new YAMLException("too many settings");
		}
	}

	/** What stands for one value, or for several. */
	private static final class Part {

		private final @Nullable String anchor;

		private final boolean mapping;

		private long settings;

		private long characters;

		/** Of the key whose value comes next; below 0 where a key comes next. */
		private long key = -1;

		Part(@Nullable String anchor, boolean mapping) {
			this.anchor = anchor;
			this.mapping = mapping;
		}

		static Part of(ScalarEvent scalar) {
			Part part = new Part(((NodeEvent) scalar).getAnchor(), false);
			part.settings = 1;
			part.characters = scalar.getValue().length();
			return part;
		}

		Part again() {
			Part part = new Part(null, this.mapping);
			part.settings = this.settings;
			part.characters = this.characters;
			return part;
		}

		void add(Part value) {
			if (this.mapping && this.key < 0) {
				this.key = value.characters + value.settings;
				return;
			}
			long name = this.mapping ? this.key : INDEX;
			this.settings += Math.max(1, value.settings);
			this.characters += value.characters + Math.max(1, value.settings) * (name + 1);
			this.key = -1;
		}

	}

}
