package dev.sluice;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.PropertySources;

/**
 * The settings in a file, or in one of its documents. Immutable; it tells which file, so
 * that the start can name it.
 */
final class FileSettings extends MapPropertySource {

	private static final String MAIN = "settings file ";

	private final Path file;

	private FileSettings(String name, Map<String, Object> settings, Path file) {
		super(name, Collections.unmodifiableMap(settings));
		this.file = file;
	}

	/**
	 * How the file of Sluice's settings is called, as a source of properties and in
	 * errors.
	 * @param file the file
	 * @return its name
	 */
	static String mainName(Path file) {
		return MAIN + file;
	}

	/**
	 * Makes one for each document.
	 * @param name what they are called together
	 * @param file the file
	 * @param documents the settings of each, in order
	 * @return the settings; those that come last count first
	 */
	static List<PropertySource<?>> of(String name, Path file, List<Map<String, Object>> documents) {
		if (documents.isEmpty()) {
			return List.of(new FileSettings(name, Map.of(), file));
		}
		List<PropertySource<?>> sources = new ArrayList<>();
		for (Map<String, Object> document : documents) {
			String number = (documents.size() > 1) ? " (document #" + sources.size() + ")" : "";
			sources.add(new FileSettings(name + number, document, file));
		}
		return sources;
	}

	/**
	 * Tells of settings that others have read which file they are from.
	 * @param loaded what they have read
	 * @param file the file
	 * @return the same settings
	 */
	static List<PropertySource<?>> over(List<PropertySource<?>> loaded, Path file) {
		List<PropertySource<?>> sources = new ArrayList<>();
		for (PropertySource<?> source : loaded) {
			Map<String, Object> settings = (source instanceof MapPropertySource map)
					? new LinkedHashMap<>(map.getSource()) : Map.of();
			sources.add(new FileSettings(source.getName(), settings, file));
		}
		return sources;
	}

	/**
	 * Finds the files that settings were read from.
	 * @param sources all sources of properties
	 * @return the documents of each
	 */
	static Map<Path, List<FileSettings>> byFile(PropertySources sources) {
		Map<Path, List<FileSettings>> files = new LinkedHashMap<>();
		sources.stream()
			.filter(FileSettings.class::isInstance)
			.map(FileSettings.class::cast)
			.forEach((settings) -> files.computeIfAbsent(settings.file(), (_) -> new ArrayList<>()).add(settings));
		return files;
	}

	/**
	 * Whether this is the file that Sluice looks for, and not one that Spring Boot was
	 * told of.
	 */
	boolean isMain() {
		return getName().startsWith(MAIN);
	}

	Path file() {
		return this.file;
	}

}
