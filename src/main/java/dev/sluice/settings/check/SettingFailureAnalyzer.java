package dev.sluice.settings.check;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.sluice.settings.InvalidSettingException;
import dev.sluice.settings.SecretNames;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.config.InvalidConfigDataPropertyException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.util.PlaceholderResolutionException;

/**
 * Shows a wrong setting, Sluice's own or Spring Boot's, as one line: the property, its
 * value unless that may be secret, and what is allowed.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class SettingFailureAnalyzer implements FailureAnalyzer {

	private static final Pattern CONVERSION = Pattern.compile("Failed to convert to type (?<type>[\\w.$]{1,300}+).*",
			Pattern.DOTALL);

	/** Of all causes the innermost that says what is wrong with a setting. */
	@Override
	public @Nullable FailureAnalysis analyze(Throwable failure) {
		String line = null;
		Throwable known = failure;
		Throwable cause = failure;
		while (cause != null) {
			String found = line(cause);
			if (found != null) {
				line = found;
				known = cause;
			}
			cause = cause.getCause();
		}
		return (line != null) ? new FailureAnalysis(line, null, known) : null;
	}

	private static @Nullable String line(Throwable cause) {
		return switch (cause) {
			case InvalidSettingException setting -> setting.getMessage();
			case PlaceholderResolutionException unset ->
				"nothing sets the placeholder ${" + unset.getPlaceholder() + "}";
			case InvalidConfigurationPropertyValueException value ->
				line(value.getName(), value.getValue(), expected(String.valueOf(value.getReason())));
			case InvalidConfigDataPropertyException place ->
				line(place.getProperty(), place.getProperty().getName().toString(), expected(place));
			case FailureAnalyzedException analyzed -> analyzed.analysis().getDescription();
			case UnboundConfigurationPropertiesException unbound -> unbound.getUnboundProperties()
				.stream()
				.map((property) -> line(property, property.getName().toString(), "there is no such property"))
				.findFirst()
				.orElse(null);
			case BindException bind -> line(bind.getProperty(), bind.getName().toString(),
					ExpectedValue.of(bind.getTarget().getType().resolve(Object.class)));
			default -> null;
		};
	}

	private static String line(@Nullable ConfigurationProperty property, String name, String allowed) {
		return line(name, (property != null) ? property.getValue() : "", allowed);
	}

	private static String line(String property, @Nullable Object given, String allowed) {
		Object value = SecretNames.has(property) ? "…" : given;
		return String.valueOf(new InvalidSettingException(property, value, allowed).getMessage());
	}

	/** Where Spring Boot reads a setting by itself, as it does ports. */
	private static String expected(String reason) {
		Matcher failed = CONVERSION.matcher(reason);
		return failed.matches() ? ExpectedValue.of(failed.group("type")) : reason;
	}

	private static String expected(InvalidConfigDataPropertyException cause) {
		return (cause.getReplacement() != null)
				? "it has another name: write " + cause.getReplacement() + " for the document to count there alone"
				: "it does nothing in a document that counts for a profile alone: write it in another";
	}

}
