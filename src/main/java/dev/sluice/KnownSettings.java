package dev.sluice;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

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
		ResolvableType level = ResolvableType.forClass(SluiceProperties.class);
		for (int index = 1; index < unknown.getNumberOfElements(); index++) {
			Optional<ResolvableType> next = below(level, unknown, index);
			if (next.isEmpty()) {
				break;
			}
			level = next.get();
		}
		return components(level).map((component) -> dashed(component.getName())).sorted().toList();
	}

	/**
	 * Whether there is such a property.
	 * @param name a property below {@code sluice}
	 * @return whether it, or the map that it is an entry of, exists
	 */
	static boolean exist(ConfigurationPropertyName name) {
		ResolvableType level = ResolvableType.forClass(SluiceProperties.class);
		for (int index = 1; index < name.getNumberOfElements(); index++) {
			if (Map.class.isAssignableFrom(level.resolve(Object.class))) {
				return true;
			}
			Optional<ResolvableType> next = below(level, name, index);
			if (next.isEmpty()) {
				return false;
			}
			level = next.get();
		}
		return true;
	}

	private static Optional<ResolvableType> below(ResolvableType level, ConfigurationPropertyName name, int index) {
		if (name.isNumericIndex(index)) {
			return Optional.of(level.asCollection().getGeneric(0));
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

}
