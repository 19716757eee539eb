package dev.sluice.start;

import java.util.Map;
import java.util.stream.Stream;

import dev.sluice.testing.RunningSluice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Settings of Spring Boot's that would take a part of Sluice away, or break its start,
 * are refused in one line.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class FixedSettingTests {

	@ParameterizedTest
	@CsvSource({ "spring.main.web-application-type, servlet", "spring.main.webApplicationType, none",
			"spring.main.lazy-initialization, true", "spring.main.cloud-platform, foo", "spring.main.sources, a.B",
			"spring.main.register-shutdown-hook, false", "spring.autoconfigure.exclude, a.B",
			"spring.webflux.base-path, /x", "management.endpoints.web.base-path, /m", "management.server.base-path, /m",
			"management.endpoints.web.path-mapping.health, healthz",
			"management.endpoints.web.cors.allowed-origins, https://a.test",
			"management.endpoints.web.cors.allowed-origin-patterns, *" })
	void refusesWhatSluiceDecides(String property, String value, CapturedOutput output) {
		assertThatException().isThrownBy(() -> RunningSluice.start(property + "=" + value).close());
		String name = property.replace("webApplicationType", "web-application-type");
		assertOneLine(output, "Sluice can't start: " + name + ": ", ": leave it out");
	}

	@ParameterizedTest
	@CsvSource({ "SPRING_MAIN_WEB_APPLICATION_TYPE, spring.main.web-application-type",
			"SPRING_MAIN_LAZYINITIALIZATION, spring.main.lazy-initialization",
			"SPRING_AUTOCONFIGURE_EXCLUDE_0, spring.autoconfigure.exclude",
			"MANAGEMENT_ENDPOINTS_WEB_BASEPATH, management.endpoints.web.base-path" })
	void refusesItInAVariableToo(String variable, String name, CapturedOutput output) {
		assertThatException().isThrownBy(() -> RunningSluice.in(Map.of(variable, "none")).close());
		assertOneLine(output, "Sluice can't start: " + name + ": ", ": leave it out");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "{\"sluice\":{\"x\":\"s3cret | SPRING_APPLICATION_JSON: line 1, column 23: it isn't JSON",
					"s3cret | SPRING_APPLICATION_JSON: line 1, column 1: it isn't JSON",
					"[\"s3cret\"] | SPRING_APPLICATION_JSON: expected an object in JSON, such as {",
					"\"s3cret\" | SPRING_APPLICATION_JSON: expected an object in JSON, such as {",
					"{} s3cret | SPRING_APPLICATION_JSON: line 1, column 4: it isn't JSON" })
	void namesTheVariableWhoseJsonIsNone(String value, String line, CapturedOutput output) {
		assertThatException()
			.isThrownBy(() -> RunningSluice.in(Map.of("SPRING_APPLICATION_JSON", value.strip())).close());
		assertOneLine(output, line);
	}

	@Test
	void namesThePropertyWhoseJsonIsNone(CapturedOutput output) {
		assertThatException().isThrownBy(() -> RunningSluice.start("spring.application.json={s3cret").close());
		assertOneLine(output, "spring.application.json: line 1, column 2: it isn't JSON");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"logging.charset.console=utf-9 | logging.charset.console = 'utf-9' won't do: expected a charset, such as UTF-8",
			"logging.charset.file=? | logging.charset.file = '?' won't do: expected a charset",
			"logging.structured.format.console=json | logging.structured.format.console = 'json' won't do: expected ecs,",
			"logging.pattern.console=%m{ | logging.pattern.console = '%m{' won't do: expected a pattern of Logback's",
			"spring.profiles.active=a/b | spring.profiles: 'a/b' won't do: a profile is called by letters, digits and",
			"management.endpoint.health.status.http-mapping.down=many | management.endpoint.health.status.http-mapping.down = 'many' won't do: expected a whole number" })
	void namesTheSettingThatSpringBootCannotUse(String property, String line, CapturedOutput output) {
		assertThatException().isThrownBy(() -> RunningSluice.start(property.strip()).close());
		assertOneLine(output, line);
	}

	@ParameterizedTest
	@ValueSource(strings = { "server.address", "management.server.address" })
	void refusesAnAddressThatIsSetToNothing(String property, CapturedOutput output) {
		assertThatException().isThrownBy(() -> RunningSluice.start("sluice.access.open=true", property + "=").close());
		assertOneLine(output, property + " is set to nothing, which would be all addresses: write 0.0.0.0");
	}

	@Test
	void aPortWithANoughtBeforeItIsTheSamePort(CapturedOutput output) {
		assertThatException()
			.isThrownBy(() -> RunningSluice.start("server.port=22042", "management.server.port=022042").close());
		assertOneLine(output, "management.server.port = '022042' won't do: the registry API has this port");
	}

	private static void assertOneLine(CapturedOutput output, String... parts) {
		Stream<String> told = output.getAll().lines().filter((it) -> it.contains("Sluice can't start: "));
		assertThat(told).singleElement().asString().contains(parts);
		assertThat(output).doesNotContain("s3cret", "Exception", "\tat ", "APPLICATION FAILED");
	}

}
