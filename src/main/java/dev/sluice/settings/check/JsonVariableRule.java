package dev.sluice.settings.check;

import java.util.Map;
import java.util.stream.Stream;

import dev.sluice.settings.InvalidSettingException;
import dev.sluice.settings.file.RepeatedKeys;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.support.SpringApplicationJsonEnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;

/**
 * Says what is wrong with settings that are given as one text in JSON: the parser's words
 * name neither the variable nor the place.
 */
final class JsonVariableRule implements EnvironmentPostProcessor, Ordered {

	private static final JsonMapper STRICT = JsonMapper.builder()
		.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.build();

	/** Before Spring Boot reads them. */
	@Override
	public int getOrder() {
		return SpringApplicationJsonEnvironmentPostProcessor.DEFAULT_ORDER - 1;
	}

	/**
	 * Reads the one that Spring Boot will read.
	 * @throws InvalidSettingException if it isn't an object in JSON, with nothing in it
	 * of what stands there
	 */
	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		environment.getPropertySources()
			.stream()
			.filter((source) -> !ConfigurationPropertySources.isAttachedConfigurationPropertySource(source))
			.flatMap((source) -> Stream
				.of(SpringApplicationJsonEnvironmentPostProcessor.SPRING_APPLICATION_JSON_ENVIRONMENT_VARIABLE,
						SpringApplicationJsonEnvironmentPostProcessor.SPRING_APPLICATION_JSON_PROPERTY)
				.filter((name) -> !text(source, name).isEmpty())
				.limit(1)
				.map((name) -> new Given(name, text(source, name))))
			.findFirst()
			.ifPresent(Given::check);
	}

	private static String text(PropertySource<?> source, String name) {
		return (source.getProperty(name) instanceof String text) ? text : "";
	}

	/**
	 * Settings in JSON. They may be secret.
	 *
	 * @param name the property or the variable
	 * @param text its value
	 */
	private record Given(String name, String text) {

		void check() {
			try {
				if (!(STRICT.readValue(this.text, Object.class) instanceof Map<?, ?> settings)) {
					throw refused("",
							"expected an object in JSON, such as {\"sluice\":{\"default-upstream\":\"ghcr.io\"}}");
				}
				RepeatedKeys.in(settings).ifPresent((problem) -> {
					throw refused("", problem);
				});
			}
			catch (JacksonException ex) {
				boolean repeated = String.valueOf(ex.getOriginalMessage()).startsWith("Duplicate ");
				throw refused(at(ex), repeated ? "the same key stands here a second time" : "it isn't JSON");
			}
		}

		private InvalidSettingException refused(String place, String problem) {
			return new InvalidSettingException(this.name + ": " + place + problem);
		}

		private static String at(JacksonException failure) {
			@Nullable TokenStreamLocation location = failure.getLocation();
			return (location != null && location.getLineNr() > 0)
					? "line " + location.getLineNr() + ", column " + location.getColumnNr() + ": " : "";
		}

		/** Without the text. */
		@Override
		public String toString() {
			return this.name;
		}

	}

}
