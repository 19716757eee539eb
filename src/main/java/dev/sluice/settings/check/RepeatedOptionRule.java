package dev.sluice.settings.check;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

import dev.sluice.settings.InvalidSettingException;

import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.context.ApplicationListener;

/**
 * Refuses an option that is given several times on the command line and is no list:
 * Spring Boot joins its values by commas, so that a password would be another.
 */
final class RepeatedOptionRule implements ApplicationListener<ApplicationEnvironmentPreparedEvent> {

	/**
	 * Looks at the command line.
	 * @throws InvalidSettingException naming the option
	 */
	@Override
	public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
		Set<String> seen = new HashSet<>();
		Stream.of(event.getArgs())
			.filter((argument) -> argument.startsWith("--sluice.") && argument.indexOf('=') > 0)
			.map((argument) -> argument.substring(2, argument.indexOf('=')))
			.filter((option) -> !seen.add(option) && isOne(option))
			.findFirst()
			.ifPresent((option) -> {
				throw new InvalidSettingException(option + " is given several times on the command line: give it once");
			});
	}

	private static boolean isOne(String option) {
		return KnownSettings.type(ConfigurationPropertyName.adapt(option, '.'))
			.filter((type) -> !KnownSettings.isList(type))
			.isPresent();
	}

}
