package dev.sluice.diagnose;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Images as they were named, in order. Immutable.
 *
 * @param written those of commands, manifests and Dockerfiles, each meant as it is; what
 * is nothing but a scheme or a login names none, nor does what no name has in it
 * @param said those of messages, perhaps once more in another form
 * @param variable whether a name has a variable in it or a template, and so is none
 */
record Images(List<String> written, List<String> said, boolean variable) {

	/** What Docker puts before a name that has no registry. */
	private static final Pattern IMPLIED = Pattern
		.compile("^(?:(?:registry-1\\.|index\\.)?docker\\.io/)?(?:library/(?=[^/]++\\z))?");

	private static final Pattern REFERENCE = Pattern.compile("(?<tag>:[^/@:]++)?(?<digest>@[^/]++)?\\z");

	/** It isn't cut off at its end. */
	private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}._:/@+~\\[\\]-]++(?<!:|\\.\\.)");

	static Images written(Stream<String> named) {
		List<String> all = named.toList();
		return new Images(names(all), List.of(), isVariable(all));
	}

	static Images said(Stream<String> named) {
		List<String> all = named.toList();
		return new Images(List.of(), names(all), isVariable(all));
	}

	private static List<String> names(List<String> all) {
		return all.stream()
			.filter((name) -> NAME.matcher(name).matches() && !PastedLogin.removed(name).isEmpty())
			.toList();
	}

	private static boolean isVariable(List<String> all) {
		return all.stream().anyMatch((name) -> name.indexOf('$') >= 0 || name.contains("{{"));
	}

	/**
	 * Joins these and others.
	 * @param others images that were named elsewhere
	 * @return all of them
	 */
	Images and(Images others) {
		return new Images(Stream.concat(this.written.stream(), others.written.stream()).toList(),
				Stream.concat(this.said.stream(), others.said.stream()).toList(), this.variable || others.variable);
	}

	/**
	 * Whether nothing was named.
	 * @return whether there is no name, and no variable in place of one
	 */
	boolean isEmpty() {
		return this.written.isEmpty() && this.said.isEmpty() && !this.variable;
	}

	/**
	 * The different ones. A failure names an image twice, as it was written and in full,
	 * and once more without its tag, with its digest alone, or behind a mirror's host.
	 * @return one name for each, the fullest
	 */
	List<String> distinct() {
		Map<String, String> meant = byFull(this.written);
		Map<String, String> failed = byFull(this.said);
		Map<String, String> all = new LinkedHashMap<>(meant);
		failed.forEach(all::putIfAbsent);
		Set<String> less = failed.keySet().stream().flatMap(Images::parts).collect(Collectors.toSet());
		Set<String> lessSaid = meant.keySet().stream().flatMap(Images::parts).collect(Collectors.toSet());
		return all.entrySet()
			.stream()
			.filter((image) -> !less.contains(image.getKey()))
			.filter((image) -> meant.containsKey(image.getKey())
					|| !(lessSaid.contains(image.getKey()) || all.containsKey(behindMirror(image.getKey()))))
			.map(Map.Entry::getValue)
			.toList();
	}

	private static Map<String, String> byFull(List<String> names) {
		Map<String, String> byFull = new LinkedHashMap<>();
		names.forEach((name) -> byFull.putIfAbsent(full(name), PastedLogin.removed(name)));
		return byFull;
	}

	/** A name that has its own registry still. */
	private static String behindMirror(String full) {
		String name = full.substring(full.indexOf('/') + 1);
		return (ImageWord.hasHost(full) && ImageWord.hasHost(name)) ? name : "";
	}

	private static String full(String name) {
		return IMPLIED.matcher(PastedLogin.removed(name)).replaceFirst("");
	}

	/** What says less of the same image. */
	private static Stream<String> parts(String full) {
		Matcher reference = REFERENCE.matcher(full);
		if (!reference.find() || reference.start() == full.length()) {
			return Stream.empty();
		}
		String repository = full.substring(0, reference.start());
		boolean both = reference.group("tag") != null && reference.group("digest") != null;
		return both ? Stream.of(repository, repository + reference.group("tag"), repository + reference.group("digest"))
				: Stream.of(repository);
	}

}
