package dev.sluice.settings.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

import dev.sluice.settings.InvalidSettingException;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Sees that the log can be written where the settings say, before Spring Boot tries: its
 * log then tells of nothing, not even of the reason.
 */
final class LogFileRule implements EnvironmentPostProcessor, Ordered {

	private static final List<String> FILES = List.of("logging.file.name", "logging.file.path");

	/** After the settings were read. */
	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	/**
	 * Looks at the files, and at the form.
	 * @throws InvalidSettingException if it can't be read or written so
	 */
	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		LogFormRule.check(environment);
		String config = environment.getProperty("logging.config", "");
		boolean local = !config.isBlank() && !config.contains(":");
		require(!local || Files.isReadable(path("logging.config", config)), "logging.config", config,
				"expected a file that can be read");
		FILES.forEach((property) -> requireOwnForm(property, environment));
		String file = environment.getProperty("logging.file.name", "");
		require(file.isBlank() || isWritable(path("logging.file.name", file)), "logging.file.name", file,
				"expected a file that can be written");
		String directory = environment.getProperty("logging.file.path", "");
		require(directory.isBlank() || isWritable(path("logging.file.path", directory).resolve("spring.log")),
				"logging.file.path", directory, "expected a directory that can be written in");
	}

	/** A directory would be made by the name that a shell replaces. */
	private static void requireOwnForm(String property, ConfigurableEnvironment environment) {
		PlaceholderRule placeholders = new PlaceholderRule(environment.getPropertySources());
		environment.getPropertySources()
			.stream()
			.map((source) -> source.getProperty(property))
			.filter(Objects::nonNull)
			.map(Object::toString)
			.findFirst()
			.ifPresent((text) -> {
				ForeignPlaceholderRule.checkForm(property, text);
				PathRule.requireNoVariables(property, property, placeholders.written(text));
				require(!placeholders.resolvedIfSet(text).startsWith("~"), property, text,
						"~ isn't replaced here: write ${HOME}");
			});
	}

	private static Path path(String property, String text) {
		try {
			return Path.of(text).toAbsolutePath();
		}
		catch (InvalidPathException ex) {
			throw new InvalidSettingException(property, text, "expected a path");
		}
	}

	/** Directories that aren't there yet are made, as the log would make them. */
	private static boolean isWritable(Path file) {
		if (Files.exists(file)) {
			return Files.isWritable(file) && !Files.isDirectory(file);
		}
		try {
			return Files.isWritable(Files.createDirectories(file.resolveSibling("")));
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static void require(boolean right, String property, String value, String allowed) {
		if (!right) {
			throw new InvalidSettingException(property, value, allowed);
		}
	}

}
