package dev.sluice.settings.check;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.sluice.settings.file.FileSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Takes settings out of the places where they stand, so that Spring Boot never sees what
 * counts for nothing.
 */
final class DroppedSettings {

	private DroppedSettings() {
	}

	/**
	 * Takes them out.
	 * @param settings what counts for nothing
	 * @param sources all sources of properties
	 */
	static void takeOut(List<Setting> settings, MutablePropertySources sources) {
		Map<PropertySource<?>, Set<ConfigurationPropertyName>> dropped = new HashMap<>();
		settings.forEach(
				(setting) -> dropped.computeIfAbsent(setting.source(), (_) -> new HashSet<>()).add(setting.name()));
		dropped.forEach((source, names) -> sources.replace(source.getName(),
				without(source, (EnumerablePropertySource<?>) source, names)));
	}

	private static PropertySource<?> without(PropertySource<?> source, EnumerablePropertySource<?> names,
			Set<ConfigurationPropertyName> dropped) {
		return switch (source) {
			case FileSettings file -> file.without((name) -> dropped.contains(name(name)));
			case SystemEnvironmentPropertySource variables -> variables(variables, dropped);
			default -> new Others(names, dropped);
		};
	}

	private static ConfigurationPropertyName name(String written) {
		return ConfigurationPropertyName.adapt(written, '.');
	}

	private static PropertySource<?> variables(SystemEnvironmentPropertySource source,
			Set<ConfigurationPropertyName> dropped) {
		Map<String, Object> kept = new HashMap<>(source.getSource());
		SettingVariables.of(source)
			.bound()
			.stream()
			.filter((setting) -> dropped.contains(setting.name()))
			.forEach((setting) -> kept.remove(setting.written()));
		return new SystemEnvironmentPropertySource(source.getName(), kept);
	}

	/** The command line, system properties and their like, but for what was dropped. */
	private static final class Others extends EnumerablePropertySource<EnumerablePropertySource<?>> {

		private final Set<ConfigurationPropertyName> dropped;

		Others(EnumerablePropertySource<?> source, Set<ConfigurationPropertyName> dropped) {
			super(source.getName(), source);
			this.dropped = dropped;
		}

		@Override
		public String[] getPropertyNames() {
			return Arrays.stream(this.source.getPropertyNames()).filter(this::isKept).toArray(String[]::new);
		}

		@Override
		public @Nullable Object getProperty(String name) {
			return isKept(name) ? this.source.getProperty(name) : null;
		}

		private boolean isKept(String name) {
			return !this.dropped.contains(name(name));
		}

	}

}
