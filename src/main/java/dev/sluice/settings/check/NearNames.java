package dev.sluice.settings.check;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/**
 * Finds what was meant by a name that doesn't exist.
 *
 * @param known the names that do
 */
record NearNames(Collection<ConfigurationPropertyName> known) {

	private static final int FEW = 2;

	private static final int SHOWN = 5;

	/**
	 * Finds it.
	 * @param written the name
	 * @return what stands below it, or else the one that is a letter or two off
	 */
	Optional<String> of(String written) {
		ConfigurationPropertyName name = ConfigurationPropertyName.adapt(written, '.');
		List<String> below = this.known.stream()
			.filter(name::isAncestorOf)
			.map(ConfigurationPropertyName::toString)
			.sorted()
			.toList();
		if (!below.isEmpty() && below.size() <= SHOWN) {
			return Optional.of(String.join(", ", below));
		}
		return this.known.stream()
			.filter((other) -> distance(name, other) <= FEW)
			.min(Comparator.<ConfigurationPropertyName>comparingInt((other) -> distance(name, other))
				.thenComparing(Comparator.naturalOrder()))
			.map((other) -> other + rest(name, other.getNumberOfElements()));
	}

	/** Of a map's entry, the map's name counts. */
	private static int distance(ConfigurationPropertyName name, ConfigurationPropertyName other) {
		int length = other.getNumberOfElements();
		if (name.getNumberOfElements() < length) {
			return Integer.MAX_VALUE;
		}
		int distance = 0;
		for (int index = 0; index < length && distance <= FEW; index++) {
			distance += WordDistance.between(name.getElement(index, Form.UNIFORM),
					other.getElement(index, Form.UNIFORM));
		}
		return distance;
	}

	private static String rest(ConfigurationPropertyName name, int length) {
		return IntStream.range(length, name.getNumberOfElements())
			.mapToObj((index) -> "." + name.getElement(index, Form.ORIGINAL))
			.collect(Collectors.joining());
	}

}
