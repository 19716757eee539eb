package dev.sluice.settings.check;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

import dev.sluice.oci.Printable;
import dev.sluice.settings.InvalidSettingException;
import dev.sluice.settings.file.FileSettings;

import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.PropertySources;
import org.springframework.core.env.StandardEnvironment;

/**
 * Refuses what was meant for Sluice and isn't below {@code sluice}: its beginning is
 * misspelt ({@code --slucie.default-upstream}), is that of a variable, or is missing on
 * the command line. Spring Boot overlooks all of it.
 */
final class TopNameRule {

	private static final String OURS = "sluice";

	private static final int FEW = 2;

	private static final Pattern BELOW = Pattern.compile("[.\\[].*", Pattern.DOTALL);

	private static final Pattern SIGNS = Pattern.compile("[^a-z0-9]");

	private TopNameRule() {
	}

	/**
	 * Checks all names.
	 * @param sources all sources of properties
	 * @throws InvalidSettingException naming the first that is wrong
	 */
	static void check(PropertySources sources) {
		for (PropertySource<?> source : sources) {
			if (source instanceof EnumerablePropertySource<?> names) {
				Arrays.stream(names.getPropertyNames())
					.filter((name) -> isMeant(name, source))
					.findFirst()
					.ifPresent((name) -> {
						throw new InvalidSettingException(Printable.of(name) + " in " + Setting.place(source)
								+ ": nothing reads it; the names of Sluice's settings begin with 'sluice.'");
					});
			}
		}
	}

	private static boolean isMeant(String name, PropertySource<?> source) {
		String top = BELOW.matcher(name).replaceFirst("").toLowerCase(Locale.ROOT);
		return switch (source) {
			case CommandLinePropertySource<?> _ ->
				isNear(top) || isVariable(top) || top.startsWith(OURS + "-") || isSetting(top);
			case FileSettings _ -> (isNear(top) && top.indexOf('-') < 0) || isVariable(top);
			default -> isProcess(source) && name.indexOf('.') > 0 && isNear(top);
		};
	}

	private static boolean isProcess(PropertySource<?> source) {
		return source.getName().equals(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME)
				|| source.getName().equals(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME)
				|| source.getName().equals("spring.application.json");
	}

	private static boolean isVariable(String top) {
		return top.startsWith(OURS + "_");
	}

	private static boolean isSetting(String top) {
		return KnownSettings.names(KnownSettings.all()).contains(top);
	}

	/**
	 * Whether a word is a few letters off {@code sluice}.
	 * @param word a word in lower case
	 * @return whether it is, and isn't the same by Spring Boot's rule
	 */
	static boolean isNear(String word) {
		return word.length() <= OURS.length() + FEW && !SIGNS.matcher(word).replaceAll("").equals(OURS)
				&& WordDistance.between(word, OURS) <= FEW;
	}

}
