package dev.sluice.settings.check;

import dev.sluice.settings.InvalidSettingException;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Refuses a choice of files that Spring Boot would take for none, or stumble over, before
 * it reads them.
 */
final class FileChoiceRule implements EnvironmentPostProcessor, Ordered {

	@Override
	public int getOrder() {
		return ConfigDataEnvironmentPostProcessor.ORDER - 1;
	}

	/**
	 * Looks at the choice.
	 * @throws InvalidSettingException if it can't be one
	 */
	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		FileChoice.in(environment);
	}

}
