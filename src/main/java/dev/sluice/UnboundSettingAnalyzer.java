package dev.sluice;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.util.unit.DataSize;

/**
 * Shows a property whose value is of another type than it should be as one line.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class UnboundSettingAnalyzer extends AbstractFailureAnalyzer<BindException> {

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
		if (cause.getCause() instanceof UnboundConfigurationPropertiesException unbound) {
			return new FailureAnalysis(
					unbound.getUnboundProperties().stream().map(UnboundSettingAnalyzer::unknown).findFirst().orElse(""),
					null, cause);
		}
		ConfigurationProperty property = cause.getProperty();
		Object value = (property != null) ? property.getValue() : "";
		return new FailureAnalysis(line(cause.getName().toString(), value, expected(cause)), null, cause);
	}

	private static String unknown(ConfigurationProperty property) {
		return line(property.getName().toString(), property.getValue(), "there is no such property");
	}

	/** Says nothing of a value that may be secret. */
	private static String line(String property, @Nullable Object given, String allowed) {
		Object value = SecretNames.has(property) ? "…" : given;
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
