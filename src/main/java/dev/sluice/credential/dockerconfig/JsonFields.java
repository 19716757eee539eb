package dev.sluice.credential.dockerconfig;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import tools.jackson.databind.JsonNode;

/**
 * The fields of one JSON object, found as Docker's own reader finds them: by exact name,
 * else ignoring case; {@code null} counts as absent. Immutable. Errors name the field and
 * what it should be, never what it is.
 */
final class JsonFields {

	private final JsonNode object;

	private JsonFields(JsonNode object) {
		this.object = object;
	}

	/**
	 * Takes an object.
	 * @param node an object, or null's node for one without fields
	 * @return its fields
	 * @throws MalformedEntryException if it is something else
	 */
	static JsonFields of(JsonNode node) throws MalformedEntryException {
		if (!node.isObject() && !node.isNull()) {
			throw new MalformedEntryException("is no JSON object");
		}
		return new JsonFields(node);
	}

	/**
	 * A field that holds an object, if it can be used.
	 * @param node the object that has the field
	 * @param name the field's name
	 * @param problems told why the field can't be used
	 * @return the entries of that object in the file's order, else none
	 */
	static Set<Map.Entry<String, JsonNode>> section(JsonNode node, String name, Consumer<String> problems) {
		try {
			return of(node).object(name);
		}
		catch (MalformedEntryException ex) {
			problems.accept("'" + name + "' " + ex.getMessage() + "; left out");
			return Set.of();
		}
	}

	/**
	 * A field that holds an object.
	 * @param name the field's name
	 * @return the entries of that object in the file's order, none if it is absent
	 * @throws MalformedEntryException if it is no object
	 */
	Set<Map.Entry<String, JsonNode>> object(String name) throws MalformedEntryException {
		Optional<JsonNode> field = find(name);
		if (field.isPresent() && !field.get().isObject()) {
			throw new MalformedEntryException("is no JSON object");
		}
		return field.map(JsonNode::properties).orElse(Set.of());
	}

	/**
	 * A field that holds a text.
	 * @param name the field's name
	 * @return the text, or empty if the field is absent
	 * @throws MalformedEntryException if it is no text
	 */
	Optional<String> text(String name) throws MalformedEntryException {
		Optional<JsonNode> field = find(name);
		if (field.isPresent() && !field.get().isString()) {
			throw new MalformedEntryException("has a value of '" + name + "' that is no text");
		}
		return field.map(JsonNode::stringValue);
	}

	private Optional<JsonNode> find(String name) {
		JsonNode exact = this.object.get(name);
		Optional<JsonNode> field = (exact != null) ? Optional.of(exact)
				: this.object.properties()
					.stream()
					.filter((property) -> property.getKey().equalsIgnoreCase(name))
					.map(Map.Entry::getValue)
					.findFirst();
		return field.filter((node) -> !node.isNull());
	}

}
