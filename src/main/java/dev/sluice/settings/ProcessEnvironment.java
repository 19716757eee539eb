package dev.sluice.settings;

import java.util.Map;

/**
 * The environment variables that Sluice was started with. Immutable; printing it shows
 * none of them.
 *
 * @param variables their values by name
 */
public record ProcessEnvironment(Map<String, String> variables) {

	public ProcessEnvironment {
		variables = Map.copyOf(variables);
	}

	@Override
	public String toString() {
		return "ProcessEnvironment[" + this.variables.size() + " variables]";
	}

}
