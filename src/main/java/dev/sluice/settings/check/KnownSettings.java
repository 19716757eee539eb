package dev.sluice.settings.check;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import dev.sluice.settings.SluiceProperties;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.core.ResolvableType;

/**
 * Which properties there are below {@code sluice}, as {@link SluiceProperties} says.
 */
final class KnownSettings {

	private KnownSettings() {
	}

	/**
	 * What could stand where a property goes wrong.
	 * @param unknown a property that doesn't exist
	 * @return the names at the first level that it misses; empty if that has none
	 */
	static List<String> siblingsOf(ConfigurationPropertyName unknown) {
		return names(deepest(unknown, unknown.getNumberOfElements()).type());
	}

	/**
	 * How much of a property there is.
	 * @param name a property below {@code sluice}
	 * @return the part of it that exists, from its beginning
	 */
	static ConfigurationPropertyName knownPartOf(ConfigurationPropertyName name) {
		return name.chop(deepest(name, name.getNumberOfElements()).length());
	}

	/**
	 * The type of a property.
	 * @param name a property below {@code sluice}
	 * @return its type, or that of the values of the map that it is an entry of; empty if
	 * there is no such property
	 */
	static Optional<ResolvableType> type(ConfigurationPropertyName name) {
		Level found = deepest(name, name.getNumberOfElements());
		return (found.length() == name.getNumberOfElements()) ? Optional.of(found.type()) : Optional.empty();
	}

	/**
	 * The names that may stand below a property.
	 * @param type the property's type
	 * @return the names, in order; none for what is no group of properties
	 */
	static List<String> names(ResolvableType type) {
		return components(type).map((component) -> dashed(component.getName())).sorted().toList();
	}

	/**
	 * The settings of Sluice as a whole.
	 * @return their type
	 */
	static ResolvableType all() {
		return ResolvableType.forClass(SluiceProperties.class);
	}

	/**
	 * The type of one property of a group.
	 * @param group the group's type
	 * @param name the property's name
	 * @return its type
	 */
	static ResolvableType type(ResolvableType group, String name) {
		return components(group).filter((component) -> dashed(component.getName()).equals(name))
			.map((component) -> ResolvableType.forType(component.getGenericType()))
			.findFirst()
			.orElseThrow();
	}

	static boolean isMap(ResolvableType type) {
		return Map.class.isAssignableFrom(type.resolve(Object.class));
	}

	static boolean isList(ResolvableType type) {
		return Collection.class.isAssignableFrom(type.resolve(Object.class));
	}

	private static Level deepest(ConfigurationPropertyName name, int elements) {
		Level level = new Level(all(), 1);
		while (level.length() < elements) {
			Optional<ResolvableType> next = below(level.type(), name, level.length());
			if (next.isEmpty()) {
				return level;
			}
			level = new Level(next.get(), level.length() + 1);
		}
		return level;
	}

	private static Optional<ResolvableType> below(ResolvableType level, ConfigurationPropertyName name, int index) {
		if (isMap(level)) {
			return name.isNumericIndex(index) ? Optional.empty() : Optional.of(level.asMap().getGeneric(1));
		}
		if (isList(level)) {
			return name.isNumericIndex(index) ? Optional.of(level.asCollection().getGeneric(0)) : Optional.empty();
		}
		String element = name.getElement(index, Form.UNIFORM);
		return components(level).filter((component) -> component.getName().toLowerCase(Locale.ROOT).equals(element))
			.map((component) -> ResolvableType.forType(component.getGenericType()))
			.findFirst();
	}

	private static Stream<RecordComponent> components(ResolvableType level) {
		RecordComponent[] components = level.resolve(Object.class).getRecordComponents();
		return (components != null) ? Arrays.stream(components) : Stream.empty();
	}

	private static String dashed(String name) {
		return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
	}

	/**
	 * What a property's beginning leads to.
	 *
	 * @param type its type
	 * @param length how many elements it has
	 */
	private record Level(ResolvableType type, int length) {
	}

}
