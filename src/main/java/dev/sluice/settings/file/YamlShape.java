package dev.sluice.settings.file;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.ParserException;

/**
 * Sees that YAML has the shape of settings: a mapping at the top, keys that are names,
 * and no types but those that settings have. {@code {{ name }}}, of a template that
 * nothing has filled in, is a mapping whose key is a mapping. Looked at while it is
 * parsed, before anything is made of it. Confined to one thread.
 */
final class YamlShape {

	static final String NO_MAPPING = "no mapping at the top";

	static final String NO_NAME = "no name";

	static final String TEMPLATE = "unrendered template";

	private static final Set<String> TYPES = Set.of("tag:yaml.org,2002:str", "tag:yaml.org,2002:map",
			"tag:yaml.org,2002:seq");

	private static final Set<String> NOTHING = Set.of("", "~", "null", "Null", "NULL");

	private final Deque<Part> open = new ArrayDeque<>();

	private YamlShape() {
	}

	/**
	 * Looks at it.
	 * @param events what the parser finds
	 * @throws MarkedYAMLException where it has another shape
	 */
	static void check(Iterable<Event> events) {
		YamlShape shape = new YamlShape();
		events.forEach(shape::look);
	}

	private void look(Event event) {
		switch (event.getEventId()) {
			case MappingStart, SequenceStart -> begin((CollectionStartEvent) event);
			case MappingEnd, SequenceEnd -> this.open.pop();
			case Scalar -> scalar((ScalarEvent) event);
			case Alias -> alias((AliasEvent) event);
			default -> {
			}
		}
	}

	private void begin(CollectionStartEvent event) {
		requireType(event, event.getTag());
		boolean mapping = event instanceof MappingStartEvent;
		if (isKey()) {
			throw fault(event, (mapping && event.isFlow()) ? TEMPLATE : NO_NAME);
		}
		if (this.open.isEmpty() && !mapping) {
			throw fault(event, NO_MAPPING);
		}
		this.open.push(new Part(mapping));
	}

	private void scalar(ScalarEvent event) {
		requireType(event, event.getTag());
		boolean nothing = event.isPlain() && NOTHING.contains(event.getValue());
		if (this.open.isEmpty() && !nothing) {
			throw fault(event, NO_MAPPING);
		}
		boolean key = isKey();
		if (key && nothing) {
			throw fault(event, NO_NAME);
		}
	}

	private void alias(AliasEvent event) {
		if (isKey()) {
			throw fault(event, NO_NAME);
		}
	}

	/** Asked once of whatever is found. */
	private boolean isKey() {
		Part part = this.open.peek();
		return part != null && part.next();
	}

	private static void requireType(Event event, @Nullable String type) {
		if (type != null && !type.equals("!") && !TYPES.contains(type)) {
			throw fault(event, "tag");
		}
	}

	private static MarkedYAMLException fault(Event event, String problem) {
		return new ParserException(null, null, problem, event.getStartMark());
	}

	/** A mapping or a list that isn't at its end. */
	private static final class Part {

		private final boolean mapping;

		private boolean key;

		Part(boolean mapping) {
			this.mapping = mapping;
		}

		/** In a mapping there is a key, a value, a key, and so on. */
		boolean next() {
			this.key = this.mapping && !this.key;
			return this.key;
		}

	}

}
