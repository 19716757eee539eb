package dev.sluice;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Shows a property of Sluice that doesn't exist, or whose value is of another type, as
 * one line. Other properties are left to Spring Boot.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class UnboundSettingAnalyzer extends AbstractFailureAnalyzer<BindException> {

	private static final Pattern CREDENTIAL = Pattern.compile("\\.credential(\\.|$)");

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
		if (!cause.getName().toString().startsWith("sluice")) {
			return null;
		}
		if (cause.getCause() instanceof UnboundConfigurationPropertiesException unbound) {
			String lines = unbound.getUnboundProperties()
				.stream()
				.map(UnboundSettingAnalyzer::unknown)
				.collect(Collectors.joining(System.lineSeparator()));
			return new FailureAnalysis(lines, null, cause);
		}
		ConfigurationProperty property = cause.getProperty();
		Object value = (property != null) ? property.getValue() : null;
		return new FailureAnalysis(line(cause.getName().toString(), value, expected(cause)), null, cause);
	}

	/**
	 * Says that there is no such property.
	 * @param property the property
	 * @return one line
	 */
	static String unknown(ConfigurationProperty property) {
		List<String> siblings = KnownSettings.siblingsOf(property.getName());
		return line(property.getName().toString(), property.getValue(),
				"there is no such property" + (siblings.isEmpty() ? "" : "; there are " + String.join(", ", siblings)));
	}

	/**
	 * Says nothing of a credential's value, which somebody may have put at a wrong name.
	 */
	private static String line(String property, @Nullable Object given, String allowed) {
		Object value = CREDENTIAL.matcher(property).find() ? "…" : given;
		return String.valueOf(new InvalidSettingException(property, value, allowed).getMessage());
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
		if (type.equals(boolean.class)) {
			return "expected true or false";
		}
		if (type.equals(int.class)) {
			return "expected a whole number";
		}
		return type.equals(URI.class) ? "expected a URL" : "expected " + type.getSimpleName();
	}

}
