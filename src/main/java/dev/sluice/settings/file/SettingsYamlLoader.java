package dev.sluice.settings.file;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.boot.env.PropertySourceLoader;
import org.springframework.boot.origin.OriginTrackedResource;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;
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

	/** What is on the class path belongs to the program, and is no file of settings. */
	@Override
	public List<PropertySource<?>> load(String name, Resource resource) throws IOException {
		Resource bare = (resource instanceof OriginTrackedResource tracked) ? tracked.getResource() : resource;
		if (bare.isFile() && !(bare instanceof ClassPathResource)) {
			SettingsFile file = new SettingsFile(resource.getFile().toPath().toAbsolutePath());
			return FileSettings.of(name, file, SettingsYaml.read(file.toString(), file.bytes()));
		}
		List<Map<String, Object>> documents = SettingsYaml.read(resource.getDescription(),
				resource.getContentAsByteArray());
		return documents.stream()
			.<PropertySource<?>>map((document) -> new OriginTrackedMapPropertySource(name, document, true))
			.toList();
	}

}
