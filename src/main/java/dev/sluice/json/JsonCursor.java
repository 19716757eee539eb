package dev.sluice.json;

import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/**
 * Goes once through a JSON object that somebody else wrote (RFC 8259), where it isn't
 * known beforehand which fields there are. What nobody asks for is passed over, so that
 * nothing becomes a tree. Linear in the text's length, {@value #DEEPEST} levels at most;
 * whoever reads bounds the text's length. For one use by one thread, while the text is
 * read.
 */
public final class JsonCursor {

	/** Levels at most. */
	static final int DEEPEST = 32;

	/**
	 * A name may be as long as the text itself: its length is for the reader to judge.
	 */
	private static final StreamReadConstraints BOUNDS = StreamReadConstraints.builder()
		.maxNestingDepth(DEEPEST)
		.maxNameLength(Integer.MAX_VALUE)
		.maxStringLength(Integer.MAX_VALUE)
		.maxNumberLength(Integer.MAX_VALUE)
		.build();

	private static final JsonFactory STRICT = JsonFactory.builder()
		.disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
		.streamReadConstraints(BOUNDS)
		.build();

	private static final JsonFactory LENIENT = STRICT.rebuild().enable(JsonReadFeature.ALLOW_TRAILING_COMMA).build();

	private final JsonParser parser;

	private JsonCursor(JsonParser parser) {
		this.parser = parser;
	}

	/** What is accepted beside one object. */
	public enum Tolerance {

		/** Nothing. */
		NONE,

		/** A comma after the last field or element. */
		TRAILING_COMMA,

		/** Anything after the object. */
		WHAT_FOLLOWS

	}

	/**
	 * Goes through a text.
	 * @param text the text
	 * @param tolerance what is accepted beside one object
	 * @param reader takes the object
	 * @return what the reader made of it
	 * @throws NotJsonException if the text is no object, or too deep
	 */
	public static <T> T read(String text, Tolerance tolerance, Function<JsonCursor, T> reader) throws NotJsonException {
		JsonFactory factory = (tolerance == Tolerance.TRAILING_COMMA) ? LENIENT : STRICT;
		try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), text)) {
			JsonCursor cursor = new JsonCursor(parser);
			parser.nextToken();
			if (!cursor.isObject()) {
				parser.skipChildren();
				throw new NotJsonException("holds no JSON object", "the beginning");
			}
			T read = reader.apply(cursor);
			parser.skipChildren();
			if (tolerance != Tolerance.WHAT_FOLLOWS && parser.nextToken() != null) {
				throw NotJsonException.at(position(parser.currentTokenLocation()));
			}
			return read;
		}
		catch (StreamConstraintsException ex) {
			throw new NotJsonException("is nested too deeply", position(ex.getLocation()));
		}
		catch (JacksonException ex) { // its message quotes the text
			throw NotJsonException.at(position(ex.getLocation()));
		}
	}

	/**
	 * Goes through the fields of an object, in the order in which they were written.
	 * @param reader takes the name and the value of each; the value only while it is
	 * called
	 */
	public void each(BiConsumer<String, JsonCursor> reader) {
		while (this.parser.nextToken() == JsonToken.PROPERTY_NAME) {
			String name = this.parser.currentName();
			this.parser.nextToken();
			reader.accept(name, this);
			this.parser.skipChildren();
		}
	}

	public boolean isObject() {
		return this.parser.currentToken() == JsonToken.START_OBJECT;
	}

	public boolean isNull() {
		return this.parser.currentToken() == JsonToken.VALUE_NULL;
	}

	/**
	 * The value, if it is a string.
	 * @return the string, or empty for anything else
	 */
	public Optional<String> text() {
		return (this.parser.currentToken() == JsonToken.VALUE_STRING) ? Optional.of(this.parser.getString())
				: Optional.empty();
	}

	private static String position(@Nullable TokenStreamLocation location) {
		return (location != null) ? "line " + location.getLineNr() + ", column " + location.getColumnNr()
				: "an unknown position";
	}

}
