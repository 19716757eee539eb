package dev.sluice.settings.check;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.springframework.core.ResolvableType;

/**
 * Where the name of an environment variable leads among the settings, by Spring Boot's
 * rule: upper case, {@code _} between the parts, dashes either left out or written
 * {@code _}, an index as a number. Immutable.
 *
 * @param variable the variable's name
 * @param property the property that it leads to, or as far as there is one
 * @param end how it ends
 */
record VariablePath(String variable, String property, End end) {

	enum End {

		/** It leads to a setting. */
		SETTING,
		/** It leads into a list or a map, and to nothing there. */
		INSIDE,
		/** It leads nowhere. */
		NOWHERE

	}

	/**
	 * Follows a name.
	 * @param variable a variable's name that begins with {@code SLUICE_}
	 * @return where it leads
	 */
	static VariablePath of(String variable) {
		List<String> words = Arrays.asList(variable.toLowerCase(Locale.ROOT).split("_", -1));
		return follow(variable, words.subList(1, words.size()), new Place("sluice", KnownSettings.all(), false));
	}

	private static VariablePath follow(String variable, List<String> words, Place place) {
		if (words.isEmpty()) {
			return new VariablePath(variable, place.property(), End.SETTING);
		}
		if (KnownSettings.isMap(place.type())) {
			return new VariablePath(variable, place.property() + "[" + String.join("_", words) + "]", End.SETTING);
		}
		if (KnownSettings.isList(place.type())) {
			boolean number = words.getFirst().matches("\\d{1,9}");
			return number ? follow(variable, words.subList(1, words.size()), place.entry(words.getFirst()))
					: new VariablePath(variable, place.property(), End.INSIDE);
		}
		return followName(variable, words, place);
	}

	/** Of several ways, the one that leads farthest. */
	private static VariablePath followName(String variable, List<String> words, Place place) {
		VariablePath best = new VariablePath(variable, place.property(), place.inside() ? End.INSIDE : End.NOWHERE);
		for (String name : KnownSettings.names(place.type())) {
			int length = lengthOf(name, words);
			if (length > 0) {
				VariablePath found = follow(variable, words.subList(length, words.size()), place.below(name));
				best = (found.end().compareTo(best.end()) <= 0) ? found : best;
			}
		}
		return best;
	}

	/** How many words a name takes up at the beginning; 0 if it doesn't stand there. */
	private static int lengthOf(String name, List<String> words) {
		if (words.getFirst().equals(name.replace("-", ""))) {
			return 1;
		}
		List<String> parts = Arrays.asList(name.split("-"));
		boolean there = words.size() >= parts.size() && words.subList(0, parts.size()).equals(parts);
		return there ? parts.size() : 0;
	}

	/**
	 * A place among the settings.
	 *
	 * @param property the property
	 * @param type its type
	 * @param inside whether it is inside of a list or a map
	 */
	private record Place(String property, ResolvableType type, boolean inside) {

		Place entry(String index) {
			return new Place(this.property + "[" + Integer.parseInt(index) + "]",
					this.type.asCollection().getGeneric(0), true);
		}

		Place below(String name) {
			return new Place(this.property + "." + name, KnownSettings.type(this.type, name), this.inside);
		}

	}

}
