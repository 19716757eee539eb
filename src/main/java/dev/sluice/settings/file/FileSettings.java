package dev.sluice.settings.file;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;

/**
 * The settings in a file, or in one of its documents. Immutable; it tells which file, so
 * that the start can name it.
 */
public final class FileSettings extends MapPropertySource {

	private final SettingsFile file;

	private FileSettings(String name, Map<String, Object> settings, SettingsFile file) {
		super(name, Collections.unmodifiableMap(settings));
		this.file = file;
	}

	/**
	 * Makes one for each document.
	 * @param name what they are called together
	 * @param file the file
	 * @param documents the settings of each, in order
	 * @return the settings; those that come last count first
	 */
	static List<PropertySource<?>> of(String name, SettingsFile file, List<Map<String, Object>> documents) {
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
	 * The same without some of them.
	 * @param dropped says by its name whether one is left out
	 * @return the settings
	 */
	public FileSettings without(Predicate<String> dropped) {
		Map<String, Object> kept = new LinkedHashMap<>(getSource());
		kept.keySet().removeIf(dropped);
		return new FileSettings(getName(), kept, this.file);
	}

	/**
	 * Whether this is the file that Sluice looks for, and not one that Spring Boot was
	 * told of.
	 */
	public boolean isMain() {
		return getName().startsWith(this.file.toString());
	}

	public SettingsFile file() {
		return this.file;
	}

}
