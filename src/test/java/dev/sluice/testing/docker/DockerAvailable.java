package dev.sluice.testing.docker;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;

/**
 * Whether a Docker engine answers. Testcontainers looks for it once a JVM.
 */
final class DockerAvailable implements ExecutionCondition {

	private static final Logger LOG = LoggerFactory.getLogger(DockerAvailable.class);

	@Override
	public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
		if (DockerClientFactory.instance().isDockerAvailable()) {
			return ConditionEvaluationResult.enabled("a Docker engine answers");
		}
		LOG.warn("{} is skipped: no Docker engine answers", context.getDisplayName());
		return ConditionEvaluationResult.disabled("no Docker engine answers");
	}

}
