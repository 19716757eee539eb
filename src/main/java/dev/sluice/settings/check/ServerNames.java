package dev.sluice.settings.check;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import dev.sluice.settings.InvalidSettingException;
import dev.sluice.settings.file.FileSettings;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.PropertySources;
import org.springframework.core.env.StandardEnvironment;

/**
 * The settings below {@code server} and {@code management}, which Spring Boot reads and
 * of which it overlooks what it doesn't know. What there is ({@link SpringMetadata}) is
 * read where somebody sets more than ports and addresses.
 */
final class ServerNames {

	static final Set<String> USUAL = Set.of("server.address", "server.port", "management.server.address",
			"management.server.port");

	/**
	 * Of other servers than this one, of HTTP/2 and of sessions; and what {@code wiring}
	 * decides itself.
	 */
	private static final List<String> WITHOUT_EFFECT = List.of("server.servlet", "server.reactive",
			"server.server-header", "server.netty.connection-timeout", "server.netty.h2c-max-content-length",
			"server.netty.validate-headers", "management.endpoints.web.cors");

	/** What the process was started with, beside its command line. */
	private static final Set<String> PROCESS = Set.of(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
			StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME, "spring.application.json");

	private ServerNames() {
	}

	/**
	 * Refuses what doesn't exist, wherever it is given as a property: environment
	 * variables of these names with underscores may be others'.
	 * @param sources all sources of properties
	 * @throws InvalidSettingException naming the first that doesn't exist
	 */
	static void check(PropertySources sources) {
		List<String> unusual = unusual(sources);
		if (!unusual.isEmpty()) {
			Set<ConfigurationPropertyName> known = SpringMetadata.types().keySet();
			unusual.stream().filter((name) -> !isBelow(known, name)).findFirst().ifPresent((name) -> {
				throw new InvalidSettingException(name + ": there is no such property");
			});
		}
	}

	/**
	 * Refuses what exists and does nothing here, in the same places.
	 * @param sources all sources of properties
	 * @throws InvalidSettingException naming the first of them
	 */
	static void checkEffect(PropertySources sources) {
		List<ConfigurationPropertyName> idle = WITHOUT_EFFECT.stream().map(ConfigurationPropertyName::of).toList();
		unusual(sources).stream().filter((name) -> isBelow(idle, name)).findFirst().ifPresent((name) -> {
			throw new InvalidSettingException(name + ": it has no effect on Sluice's server: leave it out");
		});
	}

	private static List<String> unusual(PropertySources sources) {
		return Stream.of("server.", "management.")
			.flatMap((top) -> given(sources, top).stream())
			.filter((name) -> !USUAL.contains(name))
			.toList();
	}

	/**
	 * What somebody set as properties: environment variables of such names with
	 * underscores may be others'.
	 * @param sources all sources of properties
	 * @param top what their names begin with
	 * @return their names as they were written
	 */
	static List<String> given(PropertySources sources, String top) {
		return sources.stream()
			.filter((source) -> source instanceof FileSettings || source instanceof CommandLinePropertySource
					|| PROCESS.contains(source.getName()))
			.flatMap(ServerNames::names)
			.filter((name) -> name.startsWith(top))
			.toList();
	}

	private static Stream<String> names(PropertySource<?> source) {
		return (source instanceof EnumerablePropertySource<?> names) ? Stream.of(names.getPropertyNames())
				: Stream.empty();
	}

	/** What is a map or a list has further names below it. */
	private static boolean isBelow(Collection<ConfigurationPropertyName> known, String text) {
		ConfigurationPropertyName name = ConfigurationPropertyName.adapt(text, '.');
		while (!name.isEmpty() && !known.contains(name)) {
			name = name.getParent();
		}
		return !name.isEmpty();
	}

}
