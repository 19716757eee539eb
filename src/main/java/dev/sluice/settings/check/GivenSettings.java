package dev.sluice.settings.check;

import java.util.ArrayList;
import java.util.List;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Finds all that was given below {@code sluice}, from the source that counts first to the
 * last. Environment variables are told apart by {@link SettingVariables}.
 */
final class GivenSettings {

	private static final ConfigurationPropertyName SLUICE = ConfigurationPropertyName.of("sluice");

	private GivenSettings() {
	}

	/**
	 * Finds them.
	 * @param environment the environment
	 * @return the settings, known or not
	 */
	static List<Setting> in(ConfigurableEnvironment environment) {
		List<Setting> settings = new ArrayList<>();
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			if (source.getUnderlyingSource() instanceof PropertySource<?> underlying) {
				if (isEnvironment(underlying)) {
					settings.addAll(SettingVariables.of(underlying).bound());
				}
				else if (source instanceof IterableConfigurationPropertySource names) {
					settings.addAll(in(names, underlying));
				}
			}
		}
		return settings;
	}

	private static boolean isEnvironment(PropertySource<?> source) {
		return source.getName().equals(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
	}

	private static List<Setting> in(IterableConfigurationPropertySource names, PropertySource<?> source) {
		List<Setting> settings = new ArrayList<>();
		names.stream().filter((name) -> SLUICE.equals(name) || SLUICE.isAncestorOf(name)).forEach((name) -> {
			ConfigurationProperty property = names.getConfigurationProperty(name);
			if (property != null) {
				settings.add(new Setting(name, name.toString(), property.getValue(), source));
			}
		});
		return settings;
	}

}
