package dev.sluice.settings.check;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.sluice.oci.Printable;
import dev.sluice.settings.InvalidSettingException;

import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.PropertySources;

/**
 * Refuses a name with signs in it that Spring Boot leaves out without a word: a header
 * {@code X Team} would be sent as {@code XTeam}.
 */
final class NameSignRule {

	private static final Pattern OURS = Pattern.compile("(?i)(?:sluice|server|management)[.\\[].*", Pattern.DOTALL);

	private static final Pattern BRACKETS = Pattern.compile("\\[[^\\[\\]]*+]");

	private static final Pattern SIGN = Pattern.compile("[^A-Za-z0-9._-]");

	private static final Pattern HEADER = Pattern.compile("(?i)(sluice\\.upstreams\\[\\d{1,9}]\\.headers)\\.(.+)",
			Pattern.DOTALL);

	private NameSignRule() {
	}

	/**
	 * Checks all names that are written as a property's.
	 * @param sources all sources of properties
	 * @throws InvalidSettingException naming the first that is wrong
	 */
	static void check(PropertySources sources) {
		for (PropertySource<?> source : sources) {
			if (source instanceof EnumerablePropertySource<?> names) {
				Arrays.stream(names.getPropertyNames())
					.filter((name) -> OURS.matcher(name).matches())
					.filter((name) -> SIGN.matcher(BRACKETS.matcher(name).replaceAll("")).find())
					.findFirst()
					.ifPresent(NameSignRule::refuse);
			}
		}
	}

	private static void refuse(String name) {
		Matcher header = HEADER.matcher(name);
		if (!header.matches()) {
			throw new InvalidSettingException(
					Printable.of(name) + ": a name has letters, digits, - and _, and others would be left out");
		}
		String written = header.group(2);
		throw new InvalidSettingException(header.group(1), Printable.of(written), SettingRules.isHeaderName(written)
				? "a name with other signs than - and _ in it is written in brackets and quotes, '[" + written + "]'"
				: SettingRules.NO_HEADER_NAME);
	}

}
