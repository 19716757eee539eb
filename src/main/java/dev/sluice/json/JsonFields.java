package dev.sluice.json;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import dev.sluice.json.FieldPaths.Step;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/**
 * The wanted fields of a JSON text that somebody else wrote (RFC 8259). The text is
 * scanned once and never becomes a tree: a tree of four million braces takes fifty times
 * the text's size. What is kept is bounded: {@value #MOST} fields of {@value #LONGEST}
 * characters each; what is deeper than {@value #DEEPEST} levels isn't read. Of a field
 * that is there twice the last counts, as for most readers. Whoever reads bounds the
 * text's length. Immutable.
 */
public final class JsonFields {

	/** Fields that are kept at most. */
	static final int MOST = 4096;

	/** Characters of a field at most. */
	static final int LONGEST = 64 * 1024;

	/** Levels at most. */
	static final int DEEPEST = 1000;

	private static final StreamReadConstraints BOUNDS = StreamReadConstraints.builder()
		.maxNestingDepth(DEEPEST)
		.maxStringLength(LONGEST)
		.maxNameLength(LONGEST)
		.maxNumberLength(LONGEST)
		.build();

	/**
	 * Names aren't remembered from text to text: what one registry sends must cost no
	 * other anything.
	 */
	private static final JsonFactory JSON = JsonFactory.builder()
		.disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
		.streamReadConstraints(BOUNDS)
		.build();

	/** Objects and arrays are null. */
	private final Map<String, @Nullable String> found = new HashMap<>();

	private boolean object;

	private boolean whole;

	private JsonFields() {
	}

	/**
	 * Scans a text, in linear time.
	 * @param text the text in UTF-8, of whatever form
	 * @param wanted the fields to keep
	 * @return what was found, up to where the text isn't JSON any more; never fails
	 */
	public static JsonFields read(byte[] text, FieldPaths wanted) {
		return read(new ByteArrayInputStream(text), wanted);
	}

	/**
	 * Scans a text that lies in several pieces.
	 * @param text the text in UTF-8, of whatever form, in memory
	 * @param wanted the fields to keep
	 * @return as {@link #read(byte[], FieldPaths)}
	 */
	public static JsonFields read(InputStream text, FieldPaths wanted) {
		JsonFields fields = new JsonFields();
		InputStreamReader characters = new InputStreamReader(text, StandardCharsets.UTF_8);
		try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), characters)) {
			fields.scan(parser, wanted);
		}
		catch (JacksonException ex) {
			// its message quotes the text, and what was found so far may serve
		}
		return fields;
	}

	/**
	 * Whether the text is one well-formed JSON object, to its end.
	 * @return whether it is
	 */
	public boolean isObject() {
		return this.whole;
	}

	/**
	 * Whether the text begins with a well-formed JSON object, whatever follows it.
	 * @return whether it does
	 */
	public boolean beginsWithObject() {
		return this.object;
	}

	/**
	 * A field that is a string, a number or a boolean.
	 * @param path its path, {@code manifests[3].digest} for an element's
	 * @return its text; empty if it is missing, null, an object or an array
	 */
	public Optional<String> text(String path) {
		return Optional.ofNullable(this.found.get(path));
	}

	/**
	 * Whether there is such a field, of any kind but null.
	 * @param path its path
	 * @return whether it was found
	 */
	public boolean has(String path) {
		return this.found.containsKey(path);
	}

	private void scan(JsonParser parser, FieldPaths wanted) {
		if (parser.nextToken() == JsonToken.START_OBJECT) {
			scanObject(parser, wanted.root(), "");
			this.object = true;
			this.whole = parser.nextToken() == null;
		}
	}

	/** Goes only as deep as wanted paths do. */
	private void scanValue(JsonParser parser, @Nullable Step step, String path) {
		JsonToken token = parser.currentToken();
		if (step == null || token == JsonToken.VALUE_NULL) {
			parser.skipChildren();
			return;
		}
		this.found.put(path, token.isScalarValue() ? parser.getString() : null);
		if (token == JsonToken.START_OBJECT) {
			scanObject(parser, step, path + ".");
		}
		else if (token == JsonToken.START_ARRAY) {
			scanArray(parser, step, path);
		}
	}

	private void scanObject(JsonParser parser, Step step, String prefix) {
		while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
			String name = parser.currentName();
			parser.nextToken();
			Step field = step.field(name);
			scanValue(parser, field, (field != null) ? prefix + field.name() : "");
		}
	}

	private void scanArray(JsonParser parser, Step step, String path) {
		for (int index = 0; parser.nextToken() != JsonToken.END_ARRAY; index++) {
			Step element = (this.found.size() < MOST) ? step.element(index) : null;
			scanValue(parser, element, (element != null) ? path + "[" + index + "]" : "");
		}
	}

}
