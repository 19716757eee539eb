package dev.sluice.settings.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.sluice.oci.Printable;
import dev.sluice.settings.InvalidSettingException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.PropertySources;
import org.springframework.core.env.StandardEnvironment;

/**
 * Refuses one setting in two spellings in one place ({@code default-upstream} and
 * {@code defaultUpstream}): Spring Boot takes one of them, whichever comes first.
 */
final class SpellingRule {

	private static final Set<String> OURS = Set.of("sluice", "server", "management");

	private SpellingRule() {
	}

	/**
	 * Checks each place but the environment, whose names are written otherwise.
	 * @param sources all sources of properties
	 * @throws InvalidSettingException naming the setting, both spellings and the place
	 */
	static void check(PropertySources sources) {
		for (PropertySource<?> source : sources) {
			if (source instanceof EnumerablePropertySource<?> names
					&& !source.getName().equals(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME)) {
				check(names);
			}
		}
	}

	private static void check(EnumerablePropertySource<?> source) {
		Map<ConfigurationPropertyName, String> spellings = new HashMap<>();
		for (String written : source.getPropertyNames()) {
			ConfigurationPropertyName name = ConfigurationPropertyName.adapt(written, '.');
			if (!name.isEmpty() && OURS.contains(name.getElement(0, ConfigurationPropertyName.Form.UNIFORM))) {
				require(name, spellings.putIfAbsent(name, written), written, source);
			}
		}
	}

	/**
	 * Checks environment variables.
	 * @param variables those that are settings
	 * @throws InvalidSettingException naming the setting and both variables
	 */
	static void check(List<Setting> variables) {
		Map<ConfigurationPropertyName, String> spellings = new HashMap<>();
		variables.forEach((setting) -> require(setting.name(), spellings.putIfAbsent(setting.name(), setting.written()),
				setting.written(), setting.source()));
	}

	private static void require(ConfigurationPropertyName name, @Nullable String before, String written,
			PropertySource<?> source) {
		if (before != null) {
			throw new InvalidSettingException(Printable.of(before) + " and " + Printable.of(written)
					+ " are one setting, written twice in " + Setting.place(source) + ": write it once"
					+ (isEntry(name) ? ", or two headers in brackets and quotes, '[X-Name]'" : ""));
		}
	}

	private static boolean isEntry(ConfigurationPropertyName name) {
		return KnownSettings.type(name.getParent()).filter(KnownSettings::isMap).isPresent();
	}

}
