package dev.sluice.settings.check;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.sluice.settings.UpstreamProperties;
import dev.sluice.settings.file.EmptyList;
import dev.sluice.settings.file.FileSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Takes what is left empty below {@code sluice} for not set, so that it has its default,
 * or what another place says. Spring Boot would take an empty list of files for no files,
 * and stumble over an empty number.
 */
final class LeftEmpty {

	private LeftEmpty() {
	}

	/**
	 * Drops it from where it stands.
	 * @param settings as they were given, what is refused not among them
	 * @param sources all sources of properties
	 * @param placeholders replaces placeholders
	 * @return the settings that are left
	 */
	static List<Setting> dropped(List<Setting> settings, MutablePropertySources sources, PlaceholderRule placeholders) {
		Map<PropertySource<?>, Set<ConfigurationPropertyName>> empty = new HashMap<>();
		settings.stream()
			.filter((setting) -> isEmpty(setting, placeholders))
			.forEach((setting) -> empty.computeIfAbsent(setting.source(), (_) -> new HashSet<>()).add(setting.name()));
		empty.forEach((source, names) -> sources.replace(source.getName(),
				without(source, (EnumerablePropertySource<?>) source, names)));
		return settings.stream()
			.filter((setting) -> !empty.getOrDefault(setting.source(), Set.of()).contains(setting.name()))
			.toList();
	}

	/**
	 * Whether a setting counts as not set.
	 * @param setting as it was given
	 * @param placeholders replaces placeholders
	 * @return whether it is dropped
	 */
	static boolean isEmpty(Setting setting, PlaceholderRule placeholders) {
		boolean none = setting.value() instanceof EmptyList
				&& KnownSettings.type(setting.name()).filter(KnownSettings::isList).isPresent();
		return !none && placeholders.resolved(setting.value()).isBlank() && !isNeeded(setting.name());
	}

	/**
	 * An entry of a list or of a map is one even if it is empty, and an upstream's name
	 * or a part of a credential is missed where it is used.
	 */
	private static boolean isNeeded(ConfigurationPropertyName name) {
		ResolvableType above = KnownSettings.type(name.getParent()).orElseGet(KnownSettings::all);
		Class<?> group = above.resolve(Object.class);
		return KnownSettings.isList(above) || KnownSettings.isMap(above)
				|| group.equals(UpstreamProperties.Credential.class)
				|| (group.equals(UpstreamProperties.class) && name.getLastElement(Form.UNIFORM).equals("name"));
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
