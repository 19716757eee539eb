package dev.sluice.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.sluice.json.JsonCursor.Tolerance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class JsonCursorTests {

	@Test
	void goesThroughFieldsInTheirOrderAndPassesOverWhatNobodyAsksFor() throws NotJsonException {
		assertThat(names("{\"a\":{\"x\":[1,{\"y\":2}]},\"b\":\"text\",\"a\":null,\"\":[[]]}")).containsExactly("a",
				"b text", "a null", "");
	}

	@Test
	void goesIntoAnObjectThatIsAskedFor() throws NotJsonException {
		List<String> inner = new ArrayList<>();
		JsonCursor.read("{\"a\":{\"x\":\"1\",\"y\":{\"z\":0}},\"b\":{\"x\":\"2\"}}", Tolerance.NONE, (object) -> {
			object.each((name, value) -> value
				.each((field, text) -> inner.add(name + "." + field + text.text().map(" "::concat).orElse(""))));
			return inner;
		});
		assertThat(inner).containsExactly("a.x 1", "a.y", "b.x 2");
	}

	@ParameterizedTest
	@ValueSource(strings = { "true", "7", "[\"x\"]", "{\"x\":1}", "null" })
	void onlyAStringIsAText(String value) throws NotJsonException {
		List<Optional<String>> texts = JsonCursor.read("{\"a\":" + value + "}", Tolerance.NONE, (object) -> {
			List<Optional<String>> found = new ArrayList<>();
			object.each((_, it) -> found.add(it.text()));
			return found;
		});
		assertThat(texts).containsExactly(Optional.empty());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
			[]                          | holds no JSON object
			null                        | holds no JSON object
			"made-up"                   | holds no JSON object
			{"a":made-up}               | is no valid JSON at line 1, column
			{"a":"made-up               | is no valid JSON at line 1, column
			{"a":"x"} {}                | is no valid JSON at line 1, column
			{"a":"x"}]                  | is no valid JSON at line 1, column
			{"a":["x",]}                | is no valid JSON at line 1, column
			// made-up                  | is no valid JSON at line 1, column
			~~                          | holds no JSON object
			""")
	void saysWhereATextStopsBeingAnObjectWithoutQuotingIt(String text, String message) {
		NotJsonException failure = catchThrowableOfType(NotJsonException.class, () -> names(text));
		assertThat(failure).hasMessageStartingWith(message).hasMessageNotContaining("made").hasNoCause();
	}

	@Test
	void toleratesWhatItIsToldTo() throws NotJsonException {
		assertThat(names("{\"a\":[1,],\"b\":\"x\",}", Tolerance.TRAILING_COMMA)).containsExactly("a", "b x");
		assertThat(names("{\"a\":\"x\"} and so on", Tolerance.WHAT_FOLLOWS)).containsExactly("a x");
		assertThat(catchThrowableOfType(NotJsonException.class, () -> names("{\"a\":1,}", Tolerance.WHAT_FOLLOWS)))
			.isNotNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "[", "{\"a\":", "[{\"a\":" })
	void refusesWhatIsTooDeepWithoutATree(String opening) {
		assertThat(catchThrowableOfType(NotJsonException.class,
				() -> names("{\"a\":" + opening.repeat(200_000), Tolerance.NONE)))
			.hasMessage("is nested too deeply");
	}

	@Test
	void takesNamesTextsAndNumbersAsLongAsTheText() throws NotJsonException {
		String digits = "7".repeat(300_000);
		assertThat(names("{\"" + digits + "\":\"" + digits + "\",\"b\":" + digits + "}"))
			.containsExactly(digits + " " + digits, "b");
	}

	private static List<String> names(String text) throws NotJsonException {
		return names(text, Tolerance.NONE);
	}

	private static List<String> names(String text, Tolerance tolerance) throws NotJsonException {
		return JsonCursor.read(text, tolerance, (object) -> {
			List<String> names = new ArrayList<>();
			object.each((name, value) -> names
				.add(name + value.text().map(" "::concat).orElse(value.isNull() ? " null" : "")));
			return names;
		});
	}

}
