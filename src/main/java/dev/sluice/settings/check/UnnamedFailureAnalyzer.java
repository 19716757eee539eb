package dev.sluice.settings.check;

import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Names the setting where Spring Boot's own error names none.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class UnnamedFailureAnalyzer implements FailureAnalyzer {

	private static final int DEEPEST = 50;

	private static final Pattern LOCATION = Pattern
		.compile("Unable to load config data from '(?<value>[^']{1,1000}+)'");

	private static final Pattern BUNDLE = Pattern
		.compile("Unable to (?:register|create) SSL bundle '(?<value>[^']{1,1000}+)'.*");

	private static final Pattern PROFILE = Pattern.compile("Profile '(?<value>[^']{0,1000}+)' must .*");

	@Override
	public @Nullable FailureAnalysis analyze(Throwable failure) {
		Throwable cause = failure;
		for (int depth = 0; depth < DEEPEST && cause != null; depth++) {
			String line = line(cause);
			if (line != null) {
				return new FailureAnalysis(line, null, cause);
			}
			cause = cause.getCause();
		}
		return null;
	}

	private static @Nullable String line(Throwable cause) {
		String words = Objects.requireNonNullElse(cause.getMessage(), "");
		Matcher location = LOCATION.matcher(words);
		if (location.matches()) {
			return "'" + location.group("value") + "' (spring.config.location, additional-location or import) won't do:"
					+ " expected a file that ends in .yml, .yaml or .properties, or a directory with a slash at its end";
		}
		Matcher bundle = BUNDLE.matcher(words);
		if (bundle.matches()) {
			return "spring.ssl.bundle: '" + bundle.group("value") + "' can't be used: " + TlsRule.words(cause);
		}
		Matcher profile = PROFILE.matcher(words);
		return profile.matches() ? "spring.profiles: '" + profile.group("value")
				+ "' won't do: a profile is called by letters, digits and -_.+@" : null;
	}

}
