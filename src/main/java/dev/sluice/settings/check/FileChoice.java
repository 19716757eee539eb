package dev.sluice.settings.check;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.sluice.oci.Printable;
import dev.sluice.settings.InvalidSettingException;
import dev.sluice.settings.file.SettingsFile;

import org.springframework.boot.context.properties.bind.BindResult;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Which files are read in place of {@code sluice.yml}, where Spring Boot's settings say
 * so. Immutable.
 *
 * @param locations files, and directories that end with a slash
 * @param additional the same, read besides
 * @param names what files in directories are called, without their ending
 */
record FileChoice(List<String> locations, List<String> additional, List<String> names) {

	static final String LOCATION = "spring.config.location";

	static final String ADDITIONAL = "spring.config.additional-location";

	static final String NAME = "spring.config.name";

	private static final Pattern ENDING = Pattern.compile("\\.(?:yml|yaml|properties|xml)$");

	private static final Pattern PREFIX = Pattern.compile("^(?:optional:)?(?:file:)?");

	/** Of a directory on disk, which should have a file in it. */
	private static final Pattern DIRECTORY = Pattern.compile("(?:file:)?(?<path>[^:*?]{0,4000}/)");

	/**
	 * Finds out what was chosen.
	 * @param environment all settings
	 * @return the choice; empty where there is none
	 * @throws InvalidSettingException if it can't be one
	 */
	static FileChoice in(Environment environment) {
		FileChoice choice = new FileChoice(given(environment, LOCATION), stripped(bound(environment, ADDITIONAL)),
				given(environment, NAME));
		choice.names.forEach(FileChoice::requireBare);
		return choice;
	}

	private static List<String> given(Environment environment, String property) {
		BindResult<List<String>> bound = bound(environment, property);
		if (bound.isBound() && bound.get().stream().allMatch(String::isBlank)) {
			throw new InvalidSettingException(
					property + " is set to nothing, so that no file would be read: name one, or leave it out");
		}
		return stripped(bound);
	}

	private static BindResult<List<String>> bound(Environment environment, String property) {
		return Binder.get(environment).bind(property, Bindable.listOf(String.class));
	}

	private static List<String> stripped(BindResult<List<String>> bound) {
		return bound.orElse(List.of()).stream().map(String::strip).toList();
	}

	private static void requireBare(String name) {
		if (name.contains("/") || name.contains("\\") || name.contains(":")) {
			throw new InvalidSettingException(NAME, name,
					"expected a file's name without a directory: " + LOCATION + " says where it is");
		}
		String bare = ENDING.matcher(name).replaceFirst("");
		if (!bare.equals(name)) {
			throw new InvalidSettingException(NAME, name, "expected a file's name without its ending: " + bare);
		}
	}

	/**
	 * Sees that its names led to files.
	 * @param files the files that were read
	 * @throws InvalidSettingException if they didn't
	 */
	void requireIn(SettingsFiles files) {
		boolean found = this.names.isEmpty() || this.names.contains("application") || !this.locations.isEmpty()
				|| files.documents().keySet().stream().anyMatch(this::isNamed);
		if (!found) {
			Path here = Path.of("").toAbsolutePath();
			throw new InvalidSettingException(NAME, String.join(",", this.names),
					"there is no such file ending in .yml," + " .yaml or .properties in " + here + " or "
							+ here.resolve("config"));
		}
	}

	/**
	 * Names each directory that was given and has no file in it to read: Spring Boot says
	 * nothing of one.
	 * @param files the files that were read
	 * @return a sentence for each
	 */
	List<String> unread(SettingsFiles files) {
		return Stream.concat(unread(LOCATION, this.locations, files), unread(ADDITIONAL, this.additional, files))
			.toList();
	}

	private Stream<String> unread(String property, List<String> given, SettingsFiles files) {
		String wanted = this.names.isEmpty() ? "application" : String.join(" or ", this.names);
		return given.stream()
			.filter((location) -> isUnread(location, files))
			.map((location) -> property + " = '" + Printable.of(location) + "': nothing is read from it, for " + wanted
					+ ".yml, .yaml or .properties is looked for in a directory, and isn't there");
	}

	private static boolean isUnread(String location, SettingsFiles files) {
		List<Path> directories = Stream.of(location.split(";"))
			.map(DIRECTORY::matcher)
			.filter(Matcher::matches)
			.map((directory) -> Path.of(directory.group("path")).toAbsolutePath().normalize())
			.toList();
		return !directories.isEmpty()
				&& files.documents().keySet().stream().noneMatch((file) -> isIn(directories, file));
	}

	/**
	 * Whether a file is to be read besides.
	 * @param file a file that was read
	 * @return whether it is named, or the directory that it is in
	 */
	boolean adds(SettingsFile file) {
		Path path = file.path().normalize();
		return this.additional.stream()
			.flatMap((location) -> Stream.of(location.split(";", -1)))
			.map((location) -> Path.of(PREFIX.matcher(location).replaceFirst("")).toAbsolutePath().normalize())
			.anyMatch((added) -> added.equals(path) || added.equals(path.getParent()));
	}

	private boolean isNamed(SettingsFile file) {
		String name = String.valueOf(file.path().getFileName());
		return this.names.stream().anyMatch((wanted) -> name.startsWith(wanted + ".") || name.startsWith(wanted + "-"));
	}

	private static boolean isIn(List<Path> directories, SettingsFile file) {
		Path path = file.path().normalize();
		return directories.stream().anyMatch((directory) -> directory.equals(path.getParent()));
	}

}
