package dev.sluice.diagnose;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Images as they were named, in order. Immutable.
 *
 * @param names their names, perhaps one several times or in several forms; what is
 * nothing but a scheme or a login names none
 */
record Images(List<String> names) {

	/** What Docker puts before a name that has no registry. */
	private static final Pattern IMPLIED = Pattern
		.compile("^(?:(?:registry-1\\.|index\\.)?docker\\.io/)?(?:library/(?=[^/]++\\z))?");

	private static final Pattern REFERENCE = Pattern.compile("[:@][^/]*+\\z");

	Images {
		names = names.stream().filter((name) -> !PastedLogin.removed(name).isEmpty()).toList();
	}

	static Images of(Stream<String> names) {
		return new Images(names.toList());
	}

	boolean isEmpty() {
		return this.names.isEmpty();
	}

	/**
	 * The different ones. A failure names an image twice, as it was written and in full,
	 * and once more without its tag.
	 * @return one name for each, as it stood first
	 */
	List<String> distinct() {
		Map<String, String> named = new LinkedHashMap<>();
		this.names.forEach((name) -> named.putIfAbsent(full(name), PastedLogin.removed(name)));
		Set<String> tagged = named.keySet()
			.stream()
			.filter((full) -> !repository(full).equals(full))
			.map(Images::repository)
			.collect(Collectors.toSet());
		return named.entrySet()
			.stream()
			.filter((image) -> !tagged.contains(image.getKey()))
			.map(Map.Entry::getValue)
			.toList();
	}

	private static String full(String name) {
		return IMPLIED.matcher(PastedLogin.removed(name)).replaceFirst("");
	}

	private static String repository(String full) {
		return REFERENCE.matcher(full).replaceFirst("");
	}

}
