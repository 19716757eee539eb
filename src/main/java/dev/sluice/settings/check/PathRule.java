package dev.sluice.settings.check;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;

import dev.sluice.settings.InvalidSettingException;
import dev.sluice.settings.SecretNames;

import org.springframework.core.ResolvableType;

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
			requireNoVariables(setting.written(), placeholders.written(setting.value()));
			Arrays.stream(placeholders.resolved(setting.value()).split(","))
				.forEach((path) -> check(setting.written(), path.strip()));
		}
	}

	/**
	 * Checks that no variable stands in a path in a shell's form.
	 * @param property the property, as it was written
	 * @param paths the paths, with nothing in them of what variables hold
	 * @throws InvalidSettingException saying how to write it
	 */
	static void requireNoVariables(String property, String paths) {
		for (String path : paths.split(",")) {
			if (VARIABLE.matcher(path.strip()).matches()) {
				throw refused(property, path.strip(),
						"a variable is written ${NAME}" + ForeignPlaceholderRule.LITERALLY);
			}
		}
	}

	private static void check(String property, String path) {
		if (OTHERS_HOME.matcher(path).matches()) {
			throw refused(property, path, "only ~ itself is a home directory, that of Sluice's user: write the whole"
					+ " path, or ./~… for a file that is called so");
		}
		if (URL.matcher(path).matches()) {
			throw refused(property, path, "expected a path, without anything before it");
		}
	}

	private static boolean isPath(Setting setting) {
		return KnownSettings.type(setting.name())
			.map((type) -> KnownSettings.isList(type) ? type.asCollection().getGeneric(0) : type)
			.map(ResolvableType::resolve)
			.filter(Path.class::equals)
			.isPresent();
	}

	private static InvalidSettingException refused(String property, String path, String allowed) {
		return new InvalidSettingException(property, SecretNames.has(property.replace('_', '-')) ? "…" : path, allowed);
	}

}
