package dev.sluice;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Shows a property of Spring Boot's whose value won't do as one line, in the words in
 * which Sluice's own are shown.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class UnusableValueAnalyzer extends AbstractFailureAnalyzer<InvalidConfigurationPropertyValueException> {

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure,
			InvalidConfigurationPropertyValueException cause) {
		Object value = SecretNames.has(cause.getName()) ? "…" : cause.getValue();
		String message = new InvalidSettingException(cause.getName(), value, String.valueOf(cause.getReason()))
			.getMessage();
		return new FailureAnalysis(String.valueOf(message), null, cause);
	}

}
