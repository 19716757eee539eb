package dev.sluice.settings.check;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySources;

/**
 * One value of Spring Boot's own settings ({@code server}, {@code management},
 * {@code spring}, {@code logging}), wherever it was given. Immutable; its value may be
 * secret.
 *
 * @param written its name as it was written
 * @param value its value, with its placeholders replaced
 */
record SpringSetting(String written, String value) {

	private static final Pattern NAME = Pattern.compile("(?i)(?:server|management|spring|logging)[._].+");

	private static final Pattern OTHERS = Pattern.compile("[^a-z0-9]");

	/**
	 * Finds them.
	 * @param sources all sources of properties
	 * @param placeholders replaces placeholders
	 * @return the settings, known or not
	 */
	static List<SpringSetting> in(PropertySources sources, PlaceholderRule placeholders) {
		return sources.stream()
			.filter((source) -> source instanceof EnumerablePropertySource<?>)
			.flatMap((source) -> in((EnumerablePropertySource<?>) source, placeholders))
			.toList();
	}

	private static Stream<SpringSetting> in(EnumerablePropertySource<?> source, PlaceholderRule placeholders) {
		return Stream.of(source.getPropertyNames())
			.filter((name) -> NAME.matcher(name).matches())
			.map((name) -> new SpringSetting(name,
					placeholders.resolvedIfSet(Objects.requireNonNullElse(source.getProperty(name), ""))));
	}

	/** What all ways of writing a name have in common: dots, dashes and case differ. */
	static String letters(String name) {
		return OTHERS.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("");
	}

	String letters() {
		return letters(this.written);
	}

	/**
	 * Whether it is a certain setting.
	 * @param property the setting's name
	 * @return whether it is, however it was written
	 */
	boolean isNamed(String property) {
		return letters().equals(letters(property));
	}

	/**
	 * Whether it is of a type. The names of a map's entries begin as the map's does.
	 * @param type the type
	 * @param types the types of all settings
	 * @return whether it is
	 */
	boolean isOf(Class<?> type, Map<ConfigurationPropertyName, String> types) {
		return types.entrySet().stream().anyMatch((property) -> isOf(type, property));
	}

	private boolean isOf(Class<?> type, Map.Entry<ConfigurationPropertyName, String> property) {
		String letters = letters(property.getKey().toString());
		return property.getValue().equals(type.getName()) ? letters().equals(letters)
				: property.getValue().endsWith(type.getName() + ">") && letters().startsWith(letters);
	}

	/** Without the value. */
	@Override
	public String toString() {
		return this.written;
	}

}
