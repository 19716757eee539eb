package dev.sluice.settings.check;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;

import dev.sluice.settings.InvalidSettingException;
import dev.sluice.settings.SecretNames;

/**
 * Refuses a path that would be looked for under a name that nobody means: a file of
 * credentials that isn't there is no error, and pulls would be anonymous.
 */
final class PathRule {

	private static final Pattern VARIABLE = Pattern
		.compile("(?:[^/]*+/)*?" + ForeignPlaceholderRule.VARIABLE + "(?:/.*)?", Pattern.DOTALL);

	private static final Pattern OTHERS_HOME = Pattern.compile("~[^/].*", Pattern.DOTALL);

	private static final Pattern URL = Pattern.compile("(?:file|classpath|configtree|env|vault|https?):.*",
			Pattern.DOTALL);

	private PathRule() {
	}

	/**
	 * Checks a setting that is a path, or several; no other.
	 * @param setting as it was given
	 * @param placeholders replaces placeholders
	 * @throws InvalidSettingException saying how to write it
	 */
	static void check(Setting setting, PlaceholderRule placeholders) {
		if (isPath(setting)) {
			requireNoVariables(setting.written(), setting.name().toString(), placeholders.written(setting.value()));
			Arrays.stream(placeholders.resolved(setting.value()).split(",", -1))
				.forEach((path) -> check(setting, path.strip()));
		}
	}

	/**
	 * Checks that no variable stands in a path in a shell's form.
	 * @param written the property, as it was written
	 * @param property its name
	 * @param paths the paths, with nothing in them of what variables hold
	 * @throws InvalidSettingException saying how to write it
	 */
	static void requireNoVariables(String written, String property, String paths) {
		for (String path : paths.split(",", -1)) {
			if (VARIABLE.matcher(path.strip()).matches()) {
				throw refused(written, property, path.strip(),
						"a variable is written ${NAME}" + ForeignPlaceholderRule.LITERALLY);
			}
		}
	}

	private static void check(Setting setting, String path) {
		if (OTHERS_HOME.matcher(path).matches()) {
			throw refused(setting.written(), setting.name().toString(), path,
					"only ~ itself is a home directory, that of Sluice's user: write the whole"
							+ " path, or ./~… for a file that is called so");
		}
		if (URL.matcher(path).matches()) {
			throw refused(setting.written(), setting.name().toString(), path,
					"expected a path, without anything before it");
		}
	}

	private static boolean isPath(Setting setting) {
		return KnownSettings.type(setting.name())
			.map((type) -> KnownSettings.isList(type) ? type.asCollection().getGeneric(0) : type)
			.filter((type) -> type.resolve(Object.class).equals(Path.class))
			.isPresent();
	}

	private static InvalidSettingException refused(String written, String property, String path, String allowed) {
		return new InvalidSettingException(written, SecretNames.has(property) ? "…" : path, allowed);
	}

}
