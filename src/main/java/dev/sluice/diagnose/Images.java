package dev.sluice.diagnose;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Images as they were named, in order. Immutable.
 *
 * @param names their names, perhaps one several times or in several forms; what is
 * nothing but a scheme or a login names none, nor does what no name has in it
 * @param variable whether a name has a variable in it or a template, and so is none
 */
record Images(List<String> names, boolean variable) {

	/** What Docker puts before a name that has no registry. */
	private static final Pattern IMPLIED = Pattern
		.compile("^(?:(?:registry-1\\.|index\\.)?docker\\.io/)?(?:library/(?=[^/]++\\z))?");

	private static final Pattern REFERENCE = Pattern.compile("(?<tag>:[^/@:]++)?(?<digest>@[^/]++)?\\z");

	/** It isn't cut off at its end. */
	private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}._:/@+~\\[\\]-]++(?<!:|\\.\\.)");

	static Images of(Stream<String> named) {
		List<String> names = new ArrayList<>();
		boolean variable = false;
		for (String name : (Iterable<String>) named::iterator) {
			variable |= name.indexOf('$') >= 0 || name.contains("{{");
			if (NAME.matcher(name).matches() && !PastedLogin.removed(name).isEmpty()) {
				names.add(name);
			}
		}
		return new Images(List.copyOf(names), variable);
	}

	/**
	 * Joins these and others.
	 * @param others images that were named elsewhere
	 * @return all of them
	 */
	Images and(Images others) {
		return new Images(Stream.concat(this.names.stream(), others.names.stream()).toList(),
				this.variable || others.variable);
	}

	/**
	 * Whether nothing was named.
	 * @return whether there is no name, and no variable in place of one
	 */
	boolean isEmpty() {
		return this.names.isEmpty() && !this.variable;
	}

	/**
	 * The different ones. A failure names an image twice, as it was written and in full,
	 * and once more without its tag, or with its digest alone.
	 * @return one name for each, the fullest as it stood first
	 */
	List<String> distinct() {
		Map<String, String> named = new LinkedHashMap<>();
		this.names.forEach((name) -> named.putIfAbsent(full(name), PastedLogin.removed(name)));
		Set<String> parts = new HashSet<>();
		named.keySet().forEach((full) -> parts.addAll(parts(full)));
		return named.entrySet()
			.stream()
			.filter((image) -> !parts.contains(image.getKey()))
			.map(Map.Entry::getValue)
			.toList();
	}

	private static String full(String name) {
		return IMPLIED.matcher(PastedLogin.removed(name)).replaceFirst("");
	}

	/** What says less of the same image. */
	private static List<String> parts(String full) {
		Matcher reference = REFERENCE.matcher(full);
		if (!reference.find() || reference.start() == full.length()) {
			return List.of();
		}
		String repository = full.substring(0, reference.start());
		boolean both = reference.group("tag") != null && reference.group("digest") != null;
		return both ? List.of(repository, repository + reference.group("tag"), repository + reference.group("digest"))
				: List.of(repository);
	}

}
