package dev.sluice.settings.file;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

import org.springframework.boot.env.PropertiesPropertySourceLoader;
import org.springframework.boot.env.PropertySourceLoader;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.Resource;

/**
 * Loads every other file of properties that Spring Boot reads settings from, so that the
 * start knows of it, and holds it to the same rules.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class SettingsPropertiesLoader implements PropertySourceLoader {

	private static final String XML = "xml";

	@Override
	public String[] getFileExtensions() {
		return new String[] { "properties", XML };
	}

	@Override
	public List<PropertySource<?>> load(String name, Resource resource) throws IOException {
		Optional<SettingsFile> file = SettingsFile.of(resource);
		if (file.isEmpty()) {
			return new PropertiesPropertySourceLoader().load(name, resource);
		}
		if (file.get().path().toString().endsWith("." + XML)) {
			throw file.get().refused("settings are read from .yml, .yaml and .properties alone");
		}
		return FileSettings.of(name, file.get(), SettingsProperties.read(file.get(), file.get().bytes()));
	}

}
