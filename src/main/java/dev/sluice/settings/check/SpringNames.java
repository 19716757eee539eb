package dev.sluice.settings.check;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
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
 * The settings below {@code server}, {@code management}, {@code logging} and
 * {@code spring}, which Spring Boot reads and of which it overlooks what it doesn't know.
 * What there is ({@link SpringMetadata}) is read where somebody sets more than the usual.
 */
final class SpringNames {

	private static final Set<String> USUAL = Set.of("server.address", "server.port", "management.server.address",
			"management.server.port", "logging.file.name", "logging.file.path", "spring.profiles.active",
			"spring.config.location", "spring.config.additional-location", "spring.config.name", "spring.config.import",
			"spring.config.activate.on-profile", "spring.application.json", "spring.application.name",
			"spring.main.banner-mode", "spring.reactor.netty.shutdown-quiet-period");

	private static final Pattern LOGGERS = Pattern.compile("logging\\.(?:level|group)\\..+", Pattern.DOTALL);

	private static final Pattern GIVEN = Pattern
		.compile("(?:server|management|logging|spring)\\..+|(?:SERVER|MANAGEMENT|LOGGING|SPRING)_.+", Pattern.DOTALL);

	private static final Pattern ROOMS = Pattern.compile("(?:server|management|logging)(?:\\..+)?", Pattern.DOTALL);

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

	private SpringNames() {
	}

	/**
	 * Refuses what doesn't exist, wherever it is given as a property: environment
	 * variables of these names with underscores may be others'. Below {@code spring} only
	 * what is nearly the name of a setting, for Spring Framework has further ones.
	 * @param sources all sources of properties
	 * @return a warning of each other name below {@code spring}
	 * @throws InvalidSettingException naming the first that doesn't exist
	 */
	static List<String> check(PropertySources sources) {
		List<SpringSetting> unusual = unusual(sources);
		if (unusual.isEmpty()) {
			return List.of();
		}
		Map<ConfigurationPropertyName, String> types = SpringMetadata.types();
		unusual.stream().filter((setting) -> isGroup(setting, types)).findFirst().ifPresent((setting) -> {
			throw new InvalidSettingException(
					setting.written() + ": it has no value of its own: write a name beneath it, " + setting.written()
							+ (setting.written().endsWith("level") ? ".root" : ".<name>"));
		});
		List<String> unknown = unusual.stream()
			.map(SpringSetting::written)
			.filter((name) -> !isBelow(types.keySet(), name))
			.toList();
		NearNames near = new NearNames(types.keySet());
		unknown.stream()
			.filter((name) -> ROOMS.matcher(name).matches() || near.of(name).isPresent())
			.findFirst()
			.ifPresent((name) -> {
				throw new InvalidSettingException(name + ": there is no such property"
						+ near.of(name).map((other) -> "; it is near to " + other).orElse(""));
			});
		return unknown.stream()
			.map((name) -> name + " is no setting of Spring Boot's here: it counts for a placeholder alone")
			.toList();
	}

	/**
	 * Refuses what exists and does nothing here, in the same places.
	 * @param sources all sources of properties
	 * @throws InvalidSettingException naming the first of them
	 */
	static void checkEffect(PropertySources sources) {
		List<ConfigurationPropertyName> idle = WITHOUT_EFFECT.stream().map(ConfigurationPropertyName::of).toList();
		unusual(sources).stream()
			.map(SpringSetting::written)
			.filter((name) -> isBelow(idle, name))
			.findFirst()
			.ifPresent((name) -> {
				throw new InvalidSettingException(name + ": it has no effect on Sluice's server: leave it out");
			});
	}

	private static List<SpringSetting> unusual(PropertySources sources) {
		return sources.stream()
			.filter(SpringNames::isGiven)
			.flatMap(SpringNames::settings)
			.filter((setting) -> !isUsual(setting.written()))
			.toList();
	}

	private static boolean isUsual(String name) {
		return USUAL.contains(name) || LOGGERS.matcher(name).matches();
	}

	/**
	 * What somebody set beyond the usual, as properties or by variables of such names.
	 * @param sources all sources of properties
	 * @return their names as they were written
	 */
	static List<String> given(PropertySources sources) {
		return sources.stream()
			.filter(SpringNames::isGiven)
			.flatMap(SpringNames::names)
			.filter((name) -> GIVEN.matcher(name).matches() && !isUsual(name))
			.distinct()
			.toList();
	}

	private static boolean isGiven(PropertySource<?> source) {
		return source instanceof FileSettings || source instanceof CommandLinePropertySource
				|| PROCESS.contains(source.getName());
	}

	/** Of Spring Framework's own, which are told to the JVM, nobody has a list. */
	private static Stream<SpringSetting> settings(PropertySource<?> source) {
		boolean jvm = source.getName().equals(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
		return names(source).filter((name) -> ROOMS.matcher(name).matches() || (name.startsWith("spring.") && !jvm))
			.map((name) -> new SpringSetting(name, String.valueOf(source.getProperty(name))));
	}

	/** A map, which is nothing where it has a value. */
	private static boolean isGroup(SpringSetting setting, Map<ConfigurationPropertyName, String> types) {
		String type = types.getOrDefault(ConfigurationPropertyName.adapt(setting.written(), '.'), "");
		return type.startsWith("java.util.Map") && !setting.value().isBlank();
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
