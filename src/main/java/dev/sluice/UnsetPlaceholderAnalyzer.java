package dev.sluice;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.util.PlaceholderResolutionException;

/**
 * Shows a placeholder that nothing sets without the value that it stands in.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class UnsetPlaceholderAnalyzer extends AbstractFailureAnalyzer<PlaceholderResolutionException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, PlaceholderResolutionException cause) {
		return new FailureAnalysis("nothing sets the placeholder ${" + cause.getPlaceholder() + "}", null, cause);
	}

}
