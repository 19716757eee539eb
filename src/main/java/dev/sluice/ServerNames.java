package dev.sluice;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.PropertySources;

/**
 * The settings below {@code server} and {@code management}, which Spring Boot reads and
 * of which it overlooks what it doesn't know. Its jars list what there is ("Configuration
 * Metadata"); they are read where somebody sets more than ports and addresses.
 */
final class ServerNames {

	private static final String METADATA = "META-INF/spring-configuration-metadata.json";

	private static final Set<String> USUAL = Set.of("server.address", "server.port", "management.server.address",
			"management.server.port");

	private ServerNames() {
	}

	/**
	 * Refuses what doesn't exist, in files and on the command line: environment variables
	 * of these names may be others'.
	 * @param sources all sources of properties
	 * @throws InvalidSettingException naming the first that doesn't exist
	 */
	static void check(PropertySources sources) {
		List<String> unusual = sources.stream()
			.filter((source) -> source instanceof FileSettings || source instanceof CommandLinePropertySource)
			.flatMap(ServerNames::names)
			.filter((name) -> name.startsWith("server.") || name.startsWith("management."))
			.filter((name) -> !USUAL.contains(name))
			.toList();
		if (!unusual.isEmpty()) {
			Set<ConfigurationPropertyName> known = known();
			unusual.stream().filter((name) -> !isBelow(known, name)).findFirst().ifPresent((name) -> {
				throw new InvalidSettingException(name + ": there is no such property");
			});
		}
	}

	private static Stream<String> names(PropertySource<?> source) {
		return (source instanceof EnumerablePropertySource<?> names) ? Stream.of(names.getPropertyNames())
				: Stream.empty();
	}

	/** What is a map or a list has further names below it. */
	private static boolean isBelow(Set<ConfigurationPropertyName> known, String text) {
		ConfigurationPropertyName name = ConfigurationPropertyName.adapt(text, '.');
		while (!name.isEmpty() && !known.contains(name)) {
			name = name.getParent();
		}
		return !name.isEmpty();
	}

	private static Set<ConfigurationPropertyName> known() {
		Set<ConfigurationPropertyName> known = new HashSet<>();
		JsonMapper mapper = JsonMapper.shared();
		try {
			for (URL url : metadata()) {
				try (InputStream text = url.openStream()) {
					mapper.readTree(text).path("properties").forEach((property) -> add(known, property));
				}
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException("Sluice's own jars can't be read", ex);
		}
		return known;
	}

	private static List<URL> metadata() throws IOException {
		ClassLoader loader = ServerNames.class.getClassLoader();
		return (loader != null) ? Collections.list(loader.getResources(METADATA)) : new ArrayList<>();
	}

	private static void add(Set<ConfigurationPropertyName> known, JsonNode property) {
		boolean gone = property.path("deprecation").path("level").asString("").equals("error");
		if (!gone) {
			known.add(ConfigurationPropertyName.adapt(property.path("name").asString(""), '.'));
		}
	}

}
