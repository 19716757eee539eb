package dev.sluice.settings.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.env.DefaultPropertiesPropertySource;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Gives Spring Boot's settings the values that Sluice wants where nobody sets any:
 * management on a port of its own, loopback, limits. They come after all that is read, so
 * that whatever a user sets counts, and don't stand where Spring Boot looks for files, so
 * that saying where it shall look drops none of them.
 */
final class SettingsDefaults implements EnvironmentPostProcessor, Ordered {

	private static final String FILE = "defaults.yml";

	/** Before the settings are read, which keeps them behind. */
	@Override
	public int getOrder() {
		return ConfigDataEnvironmentPostProcessor.ORDER - 1;
	}

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		List<Map<String, Object>> documents = SettingsYaml.read("Sluice's own " + FILE, bytes());
		documents.forEach(
				(defaults) -> DefaultPropertiesPropertySource.addOrMerge(defaults, environment.getPropertySources()));
	}

	private static byte[] bytes() {
		try (InputStream text = Objects.requireNonNull(SettingsDefaults.class.getResourceAsStream(FILE), FILE)) {
			return text.readAllBytes();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
