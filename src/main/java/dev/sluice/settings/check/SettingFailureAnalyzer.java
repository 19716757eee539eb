package dev.sluice.settings.check;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

import dev.sluice.settings.InvalidSettingException;
import dev.sluice.settings.SecretNames;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.util.PlaceholderResolutionException;
import org.springframework.util.unit.DataSize;

/**
 * Shows a wrong setting, Sluice's own or Spring Boot's, as one line: the property, its
 * value unless that may be secret, and what is allowed.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class SettingFailureAnalyzer implements FailureAnalyzer {

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
			case UnboundConfigurationPropertiesException unbound -> unbound.getUnboundProperties()
				.stream()
				.map((property) -> line(property, property.getName().toString(), "there is no such property"))
				.findFirst()
				.orElse(null);
			case BindException bind -> line(bind.getProperty(), bind.getName().toString(), expected(bind));
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
		return reason.startsWith("Failed to convert to type java.lang.Integer") ? "expected a whole number" : reason;
	}

	private static String expected(BindException cause) {
		Class<?> type = cause.getTarget().getType().resolve(Object.class);
		if (type.isEnum()) {
			return "expected " + Arrays.stream(type.getEnumConstants())
				.map((constant) -> constant.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
				.collect(Collectors.joining(" or "));
		}
		if (type.equals(Duration.class)) {
			return "expected a duration, such as 30s";
		}
		if (type.equals(DataSize.class)) {
			return "expected a size, such as 10GB";
		}
		if (type.equals(InetAddress.class)) {
			return "expected an address, or a name that resolves to one";
		}
		if (type.equals(boolean.class) || type.equals(Boolean.class)) {
			return "expected true or false";
		}
		if (type.equals(int.class) || type.equals(Integer.class)) {
			return "expected a whole number";
		}
		return type.equals(URI.class) ? "expected a URL" : "it can't be read as " + type.getSimpleName();
	}

}
