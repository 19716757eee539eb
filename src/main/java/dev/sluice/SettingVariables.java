package dev.sluice;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Set;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;

/**
 * The environment variables whose names begin with {@code SLUICE_}, told apart: settings,
 * those that look like a setting inside a list or a map and are none, and those that mean
 * nothing to Sluice. Credentials ({@code SLUICE_REGISTRY_…}) and what others make aren't
 * among them. Immutable.
 *
 * @param bound settings
 * @param misspelt what isn't there, inside a list or a map that is
 * @param meaningless the names of those that set nothing
 */
record SettingVariables(List<Setting> bound, List<VariablePath> misspelt, Set<String> meaningless) {

	/**
	 * Tells them apart.
	 * @param environment the environment variables
	 * @return the variables, in order
	 */
	static SettingVariables of(PropertySource<?> environment) {
		SettingVariables variables = new SettingVariables(new ArrayList<>(), new ArrayList<>(), new TreeSet<>());
		ours(environment).forEach((name, value) -> variables.sort(name, value, environment));
		return variables;
	}

	private static Map<String, Object> ours(PropertySource<?> environment) {
		Map<String, Object> ours = new TreeMap<>();
		if (environment instanceof EnumerablePropertySource<?> names) {
			for (String name : names.getPropertyNames()) {
				if (name.toUpperCase(Locale.ROOT).startsWith("SLUICE_") && !OthersVariables.has(name)) {
					ours.put(name, Objects.requireNonNullElse(environment.getProperty(name), ""));
				}
			}
		}
		return ours;
	}

	private void sort(String name, Object value, PropertySource<?> environment) {
		VariablePath path = VariablePath.of(name);
		switch (path.end()) {
			case SETTING ->
				this.bound.add(new Setting(ConfigurationPropertyName.of(path.property()), name, value, environment));
			case INSIDE -> this.misspelt.add(path);
			case NOWHERE -> this.meaningless.add(name);
		}
	}

}
