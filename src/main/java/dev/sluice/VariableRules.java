package dev.sluice;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import dev.sluice.oci.Printable;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * What environment variables may say below {@code SLUICE_}. Never says a value.
 */
final class VariableRules {

	private static final int TOLD = 10;

	private VariableRules() {
	}

	/**
	 * Says that a variable leads into a list or a map, and to nothing there.
	 * @param path where it leads
	 * @return the error
	 */
	static InvalidSettingException misspelt(VariablePath path) {
		List<String> names = KnownSettings.type(ConfigurationPropertyName.of(path.property()))
			.map(KnownSettings::names)
			.orElse(List.of());
		String there = names.isEmpty() ? "the number of an entry must follow, and what it has"
				: "there are " + String.join(", ", names);
		return new InvalidSettingException(
				Printable.of(path.variable()) + ": there is no such setting; in " + path.property() + " " + there);
	}

	/**
	 * Refuses a header whose name can't be told from a variable's: dashes and case are
	 * lost there.
	 * @param setting a setting in a variable
	 * @throws InvalidSettingException saying what to write instead
	 */
	static void check(Setting setting) {
		ConfigurationPropertyName map = setting.name().getParent();
		boolean entry = KnownSettings.type(map).filter(KnownSettings::isMap).isPresent();
		if (entry && setting.name().getLastElement(ConfigurationPropertyName.Form.ORIGINAL).contains("_")) {
			throw new InvalidSettingException(
					setting.written() + ": a name with a dash can't be written in a variable's;"
							+ " write it in the file, with a placeholder for its value: ${" + setting.written() + "}");
		}
	}

	/**
	 * Says which variables set nothing.
	 * @param names the variables' names
	 * @return one line, or empty if there is none
	 */
	static Optional<String> warning(Set<String> names) {
		if (names.isEmpty()) {
			return Optional.empty();
		}
		String told = names.stream().limit(TOLD).map(Printable::of).collect(Collectors.joining(", "));
		int more = names.size() - TOLD;
		return Optional.of("Environment variables that set nothing, for there are no such settings: " + told
				+ ((more > 0) ? " and " + more + " more" : ""));
	}

	/**
	 * Hides what Kubernetes made for Services: one named {@code sluice-upstreams-0} would
	 * be taken for a part of that list.
	 * @param environment the environment variables
	 * @return the others
	 */
	static PropertySource<?> withoutServices(PropertySource<?> environment) {
		if (!(environment instanceof EnumerablePropertySource<?> names)) {
			return environment;
		}
		Map<String, Object> kept = new LinkedHashMap<>();
		for (String name : names.getPropertyNames()) {
			if (!OthersVariables.isOfService(name)) {
				kept.put(name, Objects.requireNonNullElse(environment.getProperty(name), ""));
			}
		}
		return (kept.size() == names.getPropertyNames().length) ? environment
				: new SystemEnvironmentPropertySource(environment.getName(), kept);
	}

}
