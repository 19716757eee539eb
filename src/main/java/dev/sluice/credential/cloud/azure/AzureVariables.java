package dev.sluice.credential.cloud.azure;

import java.util.Map;
import java.util.Optional;

import dev.sluice.credential.cloud.CloudException;
import dev.sluice.credential.cloud.CloudText;

/**
 * The environment variables of Azure. Empty ones count as unset. Immutable; printing it
 * shows none of them.
 */
final class AzureVariables {

	private final Map<String, String> variables;

	AzureVariables(Map<String, String> variables) {
		this.variables = Map.copyOf(variables);
	}

	Optional<String> get(String name) {
		return Optional.ofNullable(this.variables.get(name))
			.map((value) -> CloudText.line(name, value))
			.filter((value) -> !value.isEmpty());
	}

	/**
	 * A variable without which another means nothing.
	 * @param name its name
	 * @param because the other's name
	 * @return its value
	 * @throws CloudException if it isn't set
	 */
	String required(String name, String because) {
		return get(name).orElseThrow(() -> new CloudException(because + " is set, but " + name + " isn't"));
	}

}
