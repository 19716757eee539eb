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
 * @param names what files in directories are called, without their ending
 */
record FileChoice(List<String> locations, List<String> names) {

	static final String LOCATION = "spring.config.location";

	static final String NAME = "spring.config.name";

	private static final Pattern ENDING = Pattern.compile("\\.(?:yml|yaml|properties|xml)$");

	/** Of a directory on disk, which has to have a file in it. */
	private static final Pattern DIRECTORY = Pattern.compile("(?:file:)?(?<path>[^:*?]{0,4000}/)");

	/**
	 * Finds out what was chosen.
	 * @param environment all settings
	 * @return the choice; empty where there is none
	 * @throws InvalidSettingException if it can't be one
	 */
	static FileChoice in(Environment environment) {
		FileChoice choice = new FileChoice(given(environment, LOCATION), given(environment, NAME));
		choice.names.forEach(FileChoice::requireBare);
		return choice;
	}

	private static List<String> given(Environment environment, String property) {
		BindResult<List<String>> bound = Binder.get(environment).bind(property, Bindable.listOf(String.class));
		List<String> given = bound.orElse(List.of());
		if (bound.isBound() && given.stream().allMatch(String::isBlank)) {
			throw new InvalidSettingException(
					property + " is set to nothing, so that no file would be read: name one, or leave it out");
		}
		return given.stream().map(String::strip).toList();
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
	 * Sees that it led to files.
	 * @param files the files that were read
	 * @throws InvalidSettingException if it didn't
	 */
	void requireIn(SettingsFiles files) {
		this.locations.forEach((location) -> requireIn(location, files));
		boolean found = this.names.isEmpty() || this.names.contains("application") || !this.locations.isEmpty()
				|| files.documents().keySet().stream().anyMatch(this::isNamed);
		if (!found) {
			Path here = Path.of("").toAbsolutePath();
			throw new InvalidSettingException(NAME, String.join(",", this.names),
					"there is no such file ending in .yml," + " .yaml or .properties in " + here + " or "
							+ here.resolve("config"));
		}
	}

	private void requireIn(String location, SettingsFiles files) {
		List<Path> directories = Stream.of(location.split(";"))
			.map(DIRECTORY::matcher)
			.filter(Matcher::matches)
			.map((directory) -> Path.of(directory.group("path")).toAbsolutePath().normalize())
			.toList();
		boolean found = directories.isEmpty()
				|| files.documents().keySet().stream().anyMatch((file) -> isIn(directories, file));
		if (!found) {
			String wanted = this.names.isEmpty() ? "application" : String.join(" or ", this.names);
			throw new InvalidSettingException(LOCATION, Printable.of(location), "in a directory, " + wanted
					+ ".yml, .yaml or .properties is looked for, and isn't there: name the file itself");
		}
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
