package dev.sluice.settings.file;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

import dev.sluice.settings.InvalidSettingException;

import org.springframework.boot.context.config.ConfigData;
import org.springframework.boot.context.config.ConfigDataLoader;
import org.springframework.boot.context.config.ConfigDataLoaderContext;

/**
 * Loads the file of Sluice's settings: YAML, whatever it is called, unless its name ends
 * in {@code .properties}.
 */
final class SettingsFileLoader implements ConfigDataLoader<SettingsFile> {

	/**
	 * Loads it.
	 * @throws InvalidSettingException if it can't be read, or isn't what it should be
	 */
	@Override
	public ConfigData load(ConfigDataLoaderContext context, SettingsFile file) {
		byte[] bytes = file.bytes();
		boolean properties = file.path().toString().endsWith(".properties");
		List<Map<String, Object>> documents = properties ? List.of(properties(file, bytes))
				: SettingsYaml.read(file.toString(), bytes);
		return new ConfigData(FileSettings.of(file.toString(), file, documents));
	}

	private static Map<String, Object> properties(SettingsFile file, byte[] bytes) {
		Properties properties = new Properties();
		try (Reader text = new InputStreamReader(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8)) {
			properties.load(text);
		}
		catch (IOException | IllegalArgumentException ex) {
			throw file.refused("it isn't what a file of properties should be");
		}
		properties.stringPropertyNames().forEach((name) -> OddBlanks.problem(name).ifPresent((problem) -> {
			throw file.refused("a name has " + problem);
		}));
		Map<String, Object> settings = new TreeMap<>();
		properties.forEach((name, value) -> settings.put(name.toString(), value));
		return settings;
	}

}
