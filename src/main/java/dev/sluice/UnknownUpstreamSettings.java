package dev.sluice;

import java.util.Objects;
import java.util.Set;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Refuses what Spring Boot lets pass: an unknown property inside of a list's entry, as
 * soon as the entry has a known one too. Like Spring Boot's, the check leaves out the
 * environment and the system properties, which others write too.
 */
final class UnknownUpstreamSettings {

	private static final ConfigurationPropertyName UPSTREAMS = ConfigurationPropertyName.of("sluice.upstreams");

	private static final Set<String> OF_OTHERS_TOO = Set.of(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
			StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);

	private UnknownUpstreamSettings() {
	}

	/**
	 * Looks through all sources of properties.
	 * @param environment the environment
	 * @throws InvalidSettingException naming the first unknown property
	 */
	static void refuse(ConfigurableEnvironment environment) {
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			if (source instanceof IterableConfigurationPropertySource names && isOurs(source)) {
				refuse(names);
			}
		}
	}

	private static boolean isOurs(ConfigurationPropertySource source) {
		return !(source.getUnderlyingSource() instanceof PropertySource<?> properties)
				|| !OF_OTHERS_TOO.contains(properties.getName());
	}

	private static void refuse(IterableConfigurationPropertySource source) {
		source.stream()
			.filter(UPSTREAMS::isAncestorOf)
			.filter((name) -> !KnownSettings.exist(name))
			.map(source::getConfigurationProperty)
			.filter(Objects::nonNull)
			.findFirst()
			.ifPresent((unknown) -> {
				throw new InvalidSettingException(unknown);
			});
	}

}
