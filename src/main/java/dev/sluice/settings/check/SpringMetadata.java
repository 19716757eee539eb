package dev.sluice.settings.check;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * Which settings Spring Boot has, as its jars list them ("Configuration Metadata").
 */
final class SpringMetadata {

	private static final String FILE = "META-INF/spring-configuration-metadata.json";

	private SpringMetadata() {
	}

	/**
	 * Reads the lists.
	 * @return the types of all that there is, as Java writes them, by name
	 */
	static Map<ConfigurationPropertyName, String> types() {
		Map<ConfigurationPropertyName, String> types = new HashMap<>();
		JsonMapper mapper = JsonMapper.shared();
		try {
			for (URL url : files()) {
				try (InputStream text = url.openStream()) {
					mapper.readTree(text).path("properties").forEach((property) -> add(types, property));
				}
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException("Sluice's own jars can't be read", ex);
		}
		return types;
	}

	private static List<URL> files() throws IOException {
		ClassLoader loader = SpringMetadata.class.getClassLoader();
		return (loader != null) ? Collections.list(loader.getResources(FILE)) : new ArrayList<>();
	}

	private static void add(Map<ConfigurationPropertyName, String> types, JsonNode property) {
		boolean gone = property.path("deprecation").path("level").asString("").equals("error");
		if (!gone) {
			types.put(ConfigurationPropertyName.adapt(property.path("name").asString(""), '.'),
					property.path("type").asString(""));
		}
	}

}
