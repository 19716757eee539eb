package dev.sluice.settings.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import dev.sluice.oci.Printable;
import dev.sluice.settings.InvalidSettingException;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * The environment variables whose names begin with {@code SLUICE_}, or are those of
 * properties ({@link PropertyVariable}), told apart: settings, those that look like a
 * setting inside a list or a map and are none, and those that mean nothing to Sluice.
 * Those of others ({@link OthersVariables}) aren't among them. No message has a value in
 * it. Immutable.
 *
 * @param bound settings; those that are named as properties are, known or not
 * @param misspelt what is wrong with those that aren't there, inside a list or a map that
 * is, or that are written in two ways at once
 * @param meaningless the names of those that set nothing
 */
record SettingVariables(List<Setting> bound, List<String> misspelt, Set<String> meaningless) {

	private static final int TOLD = 10;

	/**
	 * Tells them apart.
	 * @param environment the environment variables
	 * @return the variables, in order
	 */
	static SettingVariables of(PropertySource<?> environment) {
		SettingVariables variables = new SettingVariables(new ArrayList<>(), new ArrayList<>(), new TreeSet<>());
		all(environment).forEach((name, value) -> {
			if (!OthersVariables.has(name, value)) {
				variables.sort(name, value, environment);
			}
		});
		return variables;
	}

	/**
	 * Hides what Kubernetes made for Services: one named {@code sluice-upstreams-0} would
	 * be taken for a part of that list, one named {@code server} for the port to listen
	 * on.
	 * @param environment the environment variables
	 * @return the others
	 */
	static PropertySource<?> withoutServices(PropertySource<?> environment) {
		Map<String, Object> all = all(environment);
		Map<String, Object> kept = new LinkedHashMap<>(all);
		kept.entrySet().removeIf((variable) -> OthersVariables.isOfService(variable.getKey(), variable.getValue()));
		return (kept.size() == all.size()) ? environment
				: new SystemEnvironmentPropertySource(environment.getName(), kept);
	}

	private static Map<String, Object> all(PropertySource<?> environment) {
		Map<String, Object> all = new TreeMap<>();
		if (environment instanceof EnumerablePropertySource<?> names) {
			for (String name : names.getPropertyNames()) {
				all.put(name, Objects.requireNonNullElse(environment.getProperty(name), ""));
			}
		}
		return all;
	}

	private void sort(String name, Object value, PropertySource<?> environment) {
		Optional<ConfigurationPropertyName> property = PropertyVariable.property(name);
		if (property.isPresent()) {
			this.bound.add(new Setting(property.get(), name, value, environment));
		}
		else if (PropertyVariable.isMixed(name)) {
			this.misspelt
				.add(Printable.of(name) + ": it has no effect with underscores and dots: write a property's name"
						+ " (sluice.upstreams[0].name) or a variable's (SLUICE_UPSTREAMS_0_NAME)");
		}
		else if (name.toUpperCase(Locale.ROOT).startsWith("SLUICE_")) {
			follow(name, value, environment);
		}
		else if (name.toUpperCase(Locale.ROOT).startsWith("SLUICE-") || isMeant(name)) {
			this.meaningless.add(name);
		}
	}

	/** Its beginning is a few letters off, and the rest is a setting's. */
	private static boolean isMeant(String name) {
		int top = name.indexOf('_');
		return top > 0 && TopNameRule.isNear(name.substring(0, top).toLowerCase(Locale.ROOT))
				&& VariablePath.of("SLUICE" + name.substring(top)).end() == VariablePath.End.SETTING;
	}

	private void follow(String name, Object value, PropertySource<?> environment) {
		VariablePath path = VariablePath.of(name);
		switch (path.end()) {
			case SETTING ->
				this.bound.add(new Setting(ConfigurationPropertyName.of(path.property()), name, value, environment));
			case INSIDE -> this.misspelt.add(problem(path));
			case NOWHERE -> this.meaningless.add(name);
		}
	}

	/**
	 * Refuses those that seem to be settings and aren't.
	 * @throws InvalidSettingException naming the first
	 */
	void check() {
		this.misspelt.forEach((problem) -> {
			throw new InvalidSettingException(problem);
		});
		SpellingRule.check(this.bound);
		this.bound.forEach(SettingVariables::requireWholeName);
		this.bound.forEach(SettingVariables::requireRead);
	}

	private static String problem(VariablePath path) {
		List<String> names = KnownSettings.type(ConfigurationPropertyName.of(path.property()))
			.map(KnownSettings::names)
			.orElse(List.of());
		String there = names.isEmpty() ? "the number of an entry must follow, and what it has"
				: "there are " + String.join(", ", names);
		return Printable.of(path.variable()) + ": there is no such setting; in " + path.property() + " " + there;
	}

	/** A header's dashes and case are lost in a variable's name, unless it has dashes. */
	private static void requireWholeName(Setting setting) {
		ConfigurationPropertyName map = setting.name().getParent();
		boolean entry = KnownSettings.type(map).filter(KnownSettings::isMap).isPresent();
		if (entry && PropertyVariable.property(setting.written()).isEmpty()
				&& setting.name().getLastElement(ConfigurationPropertyName.Form.ORIGINAL).contains("_")) {
			throw new InvalidSettingException(
					setting.written() + ": a name with a dash can't be written in a variable's; write it in the file,"
							+ " where its value may be a placeholder, ${OTHER_VARIABLE}");
		}
	}

	/**
	 * Of names in other letters than upper case, Spring Boot reads a few, and most of
	 * those that are a property's.
	 */
	private static void requireRead(Setting setting) {
		if (PropertyVariable.property(setting.written()).isPresent()) {
			if (KnownSettings.type(setting.name()).isPresent() && !isRead(setting)) {
				throw new InvalidSettingException(Printable.of(setting.written())
						+ ": it has no effect as it is written: the property is " + setting.name());
			}
			return;
		}
		String upper = setting.written().toUpperCase(Locale.ROOT);
		if (!setting.written().equals(upper) && !isRead(setting)) {
			throw new InvalidSettingException(Printable.of(setting.written())
					+ ": it has no effect in these letters: write " + Printable.of(upper));
		}
	}

	private static boolean isRead(Setting setting) {
		ConfigurationPropertySource source = ConfigurationPropertySource.from(setting.source());
		ConfigurationProperty read = (source != null) ? source.getConfigurationProperty(setting.name()) : null;
		return read != null && setting.value().equals(read.getValue());
	}

	/**
	 * Says which variables set nothing.
	 * @return one line, or empty if there is none
	 */
	Optional<String> warning() {
		if (this.meaningless.isEmpty()) {
			return Optional.empty();
		}
		String told = this.meaningless.stream().limit(TOLD).map(Printable::of).collect(Collectors.joining(", "));
		int more = this.meaningless.size() - TOLD;
		return Optional.of("Environment variables that set nothing, for there are no such settings: " + told
				+ ((more > 0) ? " and " + more + " more" : ""));
	}

}
