package dev.sluice.settings.file;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.boot.env.PropertySourceLoader;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.Resource;

/**
 * Loads every other YAML file that Spring Boot reads settings from, as Sluice's own is
 * read: an error there shows nothing of the file either.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class SettingsYamlLoader implements PropertySourceLoader {

	@Override
	public String[] getFileExtensions() {
		return new String[] { "yml", "yaml" };
	}

	@Override
	public List<PropertySource<?>> load(String name, Resource resource) throws IOException {
		Optional<SettingsFile> file = SettingsFile.of(resource);
		if (file.isPresent()) {
			return FileSettings.of(name, file.get(), SettingsYaml.read(file.get().toString(), file.get().bytes()));
		}
		List<Map<String, Object>> documents = SettingsYaml.read(resource.getDescription(),
				resource.getContentAsByteArray());
		return documents.stream()
			.<PropertySource<?>>map((document) -> new OriginTrackedMapPropertySource(name, document, true))
			.toList();
	}

}
