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
 * Says what is wrong with a file that Spring Boot was told of and can't make out: its own
 * words name neither the file nor the setting.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class FileFailureAnalyzer implements FailureAnalyzer {

	private static final Pattern LOCATION = Pattern
		.compile("Unable to load config data from '(?<location>[^']{1,1000}+)'");

	@Override
	public @Nullable FailureAnalysis analyze(Throwable failure) {
		Throwable cause = failure;
		while (cause != null) {
			Matcher location = LOCATION.matcher(Objects.requireNonNullElse(cause.getMessage(), ""));
			if (cause instanceof IllegalStateException && location.matches()) {
				return new FailureAnalysis("'" + location.group("location")
						+ "' (spring.config.location, additional-location or import) won't do: expected a file that ends in"
						+ " .yml, .yaml or .properties, or a directory with a slash at its end", null, cause);
			}
			cause = cause.getCause();
		}
		return null;
	}

}
