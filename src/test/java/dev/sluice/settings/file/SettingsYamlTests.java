package dev.sluice.settings.file;

import java.nio.charset.StandardCharsets;

import dev.sluice.settings.InvalidSettingException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * YAML that can be read and is no settings: the error names line and column, and nothing
 * of what stands there.
 */
class SettingsYamlTests {

	@ParameterizedTest
	@CsvSource(delimiter = '!', quoteCharacter = '`', value = { "a: {{ .Values.s3cret }} ! line 1, column 5",
			"sluice:~  upstreams:~  - name: a~    credential: {username: a, password: {{ .s3cret | quote }}} ! line 4, column 42",
			"sluice:~  upstreams:~  - name: a~    credential:~      password: {{ .Values.s3cret }} ! line 5, column 18",
			"sluice:~  upstreams:~  - {{ toYaml .Values.s3cret }} ! line 3, column 6",
			"a:~  - {{ include \"a\" . | nindent 4 }} ! line 2, column 6",
			"sluice:~  {{- if .Values.s3cret }}~  default-upstream: none ! line 2, column 5",
			"{{ s3cret }} ! line 1, column 2", "{{- range .s3cret }}~a: b~{{- end }} ! line 1, column 3",
			"a: {{ .s3cret }}.corp ! line 1, column 17", "a: {{ .a }}-{{ .s3cret }} ! line 1, column 12",
			"a: b{{ .s3cret }}: c ! line 1, column 18" })
	void saysThatATemplateWasNotRendered(String text, String place) {
		assertRefused(text,
				place + ": a {{ with nothing filled in for it: the file is a template that wasn't rendered");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a: '{{ b }}'", "a: \"{{ b }}\"", "a: b{{c", "a: {b: {c: d}}", "a: {b: {}}" })
	void bracesThatAreMeantAreNoTemplate(String text) {
		assertThat(read(text)).isNotNull();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '!', quoteCharacter = '`',
			value = { "? [s3cret]~: a ! line 1, column 3", "?~  a: s3cret~: b ! line 2, column 3",
					"b:~- null: s3cret ! line 2, column 3", "a: &a s3cret~*a : b ! line 2, column 1" })
	void saysThatWhatStandsBeforeAColonIsNoName(String text, String place) {
		assertRefused(text, place + ": what stands before a colon is no name");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '!', quoteCharacter = '`', value = { "{a: b, '{{' ! line 1", "'{{': [ ! line 1" })
	void bracesInQuotesAreNotToBlame(String text, String place) {
		assertRefused(text, place);
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> read(text))
			.withMessageNotContaining("template");
	}

	@ParameterizedTest
	@ValueSource(strings = { "s3cret", "- s3cret", "[a, s3cret]", "a: b\n---\ns3cret\n" })
	void saysThatThereIsNoSettingAtTheTop(String text) {
		assertRefused(text, "it has no 'sluice:', nor another name with a colon, beneath which settings stand");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a: !!int 0123", "a: !!set {s3cret}", "a: !!binary czNjcmV0", "a: !s3cret b",
			"a: !!null s3cret", "!!omap [a: b]", "a: !!timestamp 2020-01-01", "a: [!!float 1]" })
	void takesNoOtherTypesThanText(String text) {
		assertRefused(text, "a value that begins with ! needs quotes around it");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "---\n", "~", "a: !!str 0123", "a: ! b", "a: !!map {b: c}",
			"a: &a {b: c}\nd: {<<: *a}", "a: b\n---\n---\nc: d\n", "a: !!seq [b]" })
	void readsWhatHasTheShapeOfSettings(String text) {
		assertThat(read(text)).isNotNull();
	}

	private static Object read(String text) {
		return SettingsYaml.read("the file", text.getBytes(StandardCharsets.UTF_8));
	}

	private static void assertRefused(String text, String message) {
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> read(text.replace('~', '\n')))
			.withMessageStartingWith("the file: line ")
			.withMessageContaining(message)
			.withMessageNotContaining("s3cret");
	}

}
