package dev.sluice;

import java.io.IOException;
import java.util.List;

import org.springframework.boot.context.config.ConfigData;
import org.springframework.boot.context.config.ConfigDataLoader;
import org.springframework.boot.context.config.ConfigDataLoaderContext;
import org.springframework.boot.env.PropertiesPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

/**
 * Loads the file of Sluice's settings: YAML, whatever it is called, unless its name ends
 * in {@code .properties}.
 */
final class SettingsFileLoader implements ConfigDataLoader<SettingsFile> {

	/**
	 * Loads it.
	 * @throws SettingsFileException if it can't be read, or isn't what it should be
	 */
	@Override
	public ConfigData load(ConfigDataLoaderContext context, SettingsFile file) {
		byte[] bytes = SettingsText.read(file.path());
		boolean properties = file.path().toString().endsWith(".properties");
		return new ConfigData(properties ? properties(file, bytes)
				: FileSettings.of(file.toString(), file.path(), SettingsYaml.read(file.toString(), bytes)));
	}

	private static List<PropertySource<?>> properties(SettingsFile file, byte[] bytes) {
		try {
			List<PropertySource<?>> loaded = new PropertiesPropertySourceLoader().load(file.toString(),
					new ByteArrayResource(bytes));
			return FileSettings.over(loaded, file.path());
		}
		catch (IOException | RuntimeException ex) {
			throw new SettingsFileException(file + ": it isn't what a file of properties should be");
		}
	}

}
