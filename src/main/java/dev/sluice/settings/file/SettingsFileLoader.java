package dev.sluice.settings.file;

import java.util.List;
import java.util.Map;

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
		List<Map<String, Object>> documents = properties ? SettingsProperties.read(file, bytes)
				: SettingsYaml.read(file.toString(), bytes);
		return new ConfigData(FileSettings.of(file.toString(), file, documents));
	}

}
