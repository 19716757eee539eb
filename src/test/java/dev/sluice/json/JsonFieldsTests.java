package dev.sluice.json;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class JsonFieldsTests {

	private static final FieldPaths WANTED = FieldPaths.of("mediaType", "size", "errors[0].message", "config.digest",
			"layers", "manifests[*].digest", "manifests[*].platform.os");

	@Test
	void findsWantedFieldsOfAnyScalarKind() {
		JsonFields fields = read("{'mediaType':'a/b','size':12,'config':{'digest':true}}");
		assertThat(fields.text("mediaType")).contains("a/b");
		assertThat(fields.text("size")).contains("12");
		assertThat(fields.text("config.digest")).contains("true");
	}

	@Test
	void findsNothingButWhatIsWanted() {
		JsonFields fields = read("{'other':'x','config':{'size':1,'mediaType':'deeper'},'errors':[{'code':'y'}]}");
		assertThat(fields.has("other")).isFalse();
		assertThat(fields.text("config.size")).isEmpty();
		assertThat(fields.text("mediaType")).isEmpty();
		assertThat(fields.text("errors[0].code")).isEmpty();
	}

	@Test
	void findsOfAnArrayTheFirstElementOrEach() {
		JsonFields fields = read("{'errors':[{'message':'one'},{'message':'two'}],"
				+ "'manifests':[{'digest':'a','platform':{'os':'linux'}},{'digest':'b'}]}");
		assertThat(fields.text("errors[0].message")).contains("one");
		assertThat(fields.text("errors[1].message")).isEmpty();
		assertThat(fields.text("manifests[0].platform.os")).contains("linux");
		assertThat(fields.text("manifests[1].digest")).contains("b");
	}

	@Test
	void tellsAnObjectOrArrayFromNothing() {
		JsonFields fields = read("{'layers':[{},{}],'config':{},'mediaType':null}");
		assertThat(fields.has("layers")).isTrue();
		assertThat(fields.text("layers")).isEmpty();
		assertThat(fields.has("config")).isTrue();
		assertThat(fields.has("mediaType")).isFalse();
	}

	@Test
	void lastOfTwoFieldsCounts() {
		assertThat(read("{'mediaType':'first','mediaType':'last'}").text("mediaType")).contains("last");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "[]", "'text'", "12", "{", "{'a':1", "{'a':1}}", "{'a':1} x", "{'a':1}{}",
			"{'a':1,}", "{a:1}", "<html>", "\u0000" })
	void onlyAWholeObjectIsOne(String text) {
		assertThat(read(text).isObject()).isFalse();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
			{'a':1}         | true
			{'a':1} x       | true
			{'a':1}}        | true
			{'a':1}{}       | true
			{'a':1          | false
			[{'a':1}]       | false
			x {'a':1}       | false""")
	void whatFollowsAnObjectIsAnotherMatter(String text, boolean object) {
		assertThat(read(text).beginsWithObject()).isEqualTo(object);
	}

	@Test
	void findsNamesInAnyCaseWhereToldTo() {
		FieldPaths any = FieldPaths.inAnyCase("Token", "errors[0].code");
		JsonFields fields = JsonFields.read(
				"{\"token\":\"a\",\"Errors\":[{\"CODE\":\"x\"}],\"TOKEN\":\"b\"}".getBytes(StandardCharsets.UTF_8),
				any);
		assertThat(fields.text("Token")).contains("b");
		assertThat(fields.text("errors[0].code")).contains("x");
		assertThat(read("{'MediaType':'a/b'}").has("mediaType")).isFalse();
	}

	@Test
	void aWholeObjectIsOneWhateverIsInIt() {
		assertThat(read(" {'a':[[{'b':'\\ud800'}]],'mediaType':{'x':[]}}\n").isObject()).isTrue();
	}

	@Test
	void keepsWhatCameBeforeTheFault() {
		JsonFields fields = read("{'mediaType':'a/b','layers':[{'digest");
		assertThat(fields.text("mediaType")).contains("a/b");
		assertThat(fields.isObject()).isFalse();
	}

	@Test
	void readsBytesAsUtf8WhateverTheyLookLike() {
		assertThat(read("{'mediaType':'\u00e9'}").text("mediaType")).contains("\u00e9");
		byte[] utf16 = "{\"mediaType\":\"a/b\"}".getBytes(StandardCharsets.UTF_16LE);
		assertThat(JsonFields.read(utf16, WANTED).has("mediaType")).isFalse();
		assertThat(JsonFields.read(new byte[] { '{', '"', (byte) 0xff, '"', ':', '1', '}' }, WANTED).isObject())
			.isTrue();
	}

	@Test
	void readsNoDeeperThanItsBound() {
		int deep = 1_000_000;
		assertThat(read("{'a':" + "[".repeat(deep) + "]".repeat(deep) + "}").isObject()).isFalse();
		assertThat(read("{'a':" + "[".repeat(90) + "]".repeat(90) + "}").isObject()).isTrue();
	}

	@Test
	void keepsNoMoreThanItsBound() {
		String manifests = IntStream.range(0, 50_000)
			.mapToObj((i) -> "{'digest':'" + i + "'}")
			.collect(Collectors.joining(","));
		JsonFields fields = read("{'manifests':[" + manifests + "],'mediaType':'a/b'}");
		assertThat(fields.text("manifests[10].digest")).contains("10");
		assertThat(fields.text("manifests[49999].digest")).isEmpty();
		assertThat(fields.text("mediaType")).contains("a/b");
	}

	@Test
	void isNoWholeTextWhereAWantedFieldIsTooLong() {
		String tooLong = "x".repeat(JsonFields.LONGEST + 1);
		assertThat(read("{'mediaType':'" + tooLong + "'}").isObject()).isFalse();
		assertThat(read("{'other':'" + tooLong + "','mediaType':'a/b'}").text("mediaType")).contains("a/b");
	}

	/** A tree of this text would take some 200 MB, and the test's JVM has 768. */
	@Test
	void holdsLittleOfATextOfManyBraces() {
		byte[] text = ("{\"a\":[" + "{},".repeat(1_400_000) + "{}]}").getBytes(StandardCharsets.UTF_8);
		long before = allocated();
		assertThat(JsonFields.read(text, WANTED).isObject()).isTrue();
		assertThat(allocated() - before).isLessThan(text.length);
	}

	private static long allocated() {
		return ((com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean())
			.getCurrentThreadAllocatedBytes();
	}

	private static JsonFields read(String text) {
		return JsonFields.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8), WANTED);
	}

}
