package dev.sluice.settings.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.sluice.settings.InvalidSettingException;

import org.springframework.boot.env.PropertiesPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

/**
 * Reads settings in a file of properties: UTF-8, several documents with {@code #---}
 * between them, as Spring Boot has it.
 */
final class SettingsProperties {

	/** All that such a text can have wrong. */
	private static final Pattern BAD_ESCAPE = Pattern.compile("\\\\u(?![0-9A-Fa-f]{4})");

	private SettingsProperties() {
	}

	/**
	 * Reads it.
	 * @param file the file
	 * @param text its bytes
	 * @return the settings of each document by their names
	 * @throws InvalidSettingException if it can't be read, naming the line and nothing of
	 * what stands there
	 */
	static List<Map<String, Object>> read(SettingsFile file, byte[] text) {
		List<Map<String, Object>> documents = new ArrayList<>();
		requireUtf8(file, text);
		Optional<String> repeated = Optional.empty();
		try {
			new PropertiesPropertySourceLoader()
				.load(file.toString(), new ByteArrayResource(text), StandardCharsets.UTF_8)
				.forEach((document) -> documents.add(settings(document)));
			repeated = RepeatedKeys.inProperties(new String(text, StandardCharsets.UTF_8));
		}
		catch (IOException | IllegalStateException | IllegalArgumentException ex) {
			throw file.refused(at(new String(text, StandardCharsets.UTF_8))
					+ "a \\u without its four digits; a backslash that is meant as it stands is written \\\\");
		}
		repeated.ifPresent((problem) -> {
			throw file.refused(problem);
		});
		documents.forEach((document) -> checkBlanks(file, document.keySet()));
		return documents;
	}

	/** Read in spite of it, a password would be another one. */
	private static void requireUtf8(SettingsFile file, byte[] text) {
		try {
			StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
		}
		catch (CharacterCodingException ex) {
			throw file.refused("it isn't text in UTF-8");
		}
	}

	private static void checkBlanks(SettingsFile file, Set<String> names) {
		names.forEach((name) -> OddBlanks.problem(name).ifPresent((problem) -> {
			throw file.refused("a name has " + problem);
		}));
	}

	private static Map<String, Object> settings(PropertySource<?> document) {
		Map<String, Object> settings = new TreeMap<>();
		if (document instanceof EnumerablePropertySource<?> names) {
			Stream.of(names.getPropertyNames())
				.forEach((name) -> settings.put(name, Objects.requireNonNullElse(names.getProperty(name), "")));
		}
		return settings;
	}

	private static String at(String text) {
		List<String> lines = text.lines().toList();
		for (int index = 0; index < lines.size(); index++) {
			if (BAD_ESCAPE.matcher(lines.get(index)).find()) {
				return "line " + (index + 1) + ": ";
			}
		}
		return "";
	}

}
