package dev.sluice;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;

/**
 * Says in one line why Sluice can't start, whatever it was: what stands on several lines
 * is read by nobody, and a stack trace may quote a setting. The process then ends with
 * status 1.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class StartFailureReporter implements SpringBootExceptionReporter {

	private static final Logger LOG = LoggerFactory.getLogger("dev.sluice.Start");

	private final List<FailureAnalyzer> analyzers = new ArrayList<>();

	StartFailureReporter(@Nullable ConfigurableApplicationContext context) {
		ArgumentResolver arguments = (context != null)
				? ArgumentResolver.of(BeanFactory.class, context.getBeanFactory())
					.and(Environment.class, context.getEnvironment())
				: ArgumentResolver.none();
		this.analyzers.addAll(
				SpringFactoriesLoader.forDefaultResourceLocation().load(FailureAnalyzer.class, arguments, (_, _, _) -> {
				}));
	}

	@Override
	public boolean reportException(Throwable failure) {
		LOG.error("Sluice can't start: {}", StartFailure.line(failure, this.analyzers));
		return true;
	}

}
