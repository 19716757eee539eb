package dev.sluice.settings.check;

import java.util.Locale;
import java.util.Set;

import dev.sluice.credential.environment.ServiceVariables;

/**
 * Environment variables that are no settings, whatever their names, and may be there all
 * the same: credentials, which are read elsewhere; what Kubernetes makes for every
 * Service whose name begins with {@code sluice} or is that of a port's setting
 * ("Discovering services"); what Compose and the scripts of this project use.
 */
final class OthersVariables {

	private static final Set<String> SCRIPTS = Set.of("SLUICE_IMAGE", "SLUICE_PORT", "SLUICE_MANAGEMENT_PORT",
			"SLUICE_DOCKER_CONFIG", "SLUICE_CACHE");

	/** What Services named {@code server} and {@code management-server} would set. */
	private static final Set<String> PORTS = Set.of("SERVER_PORT", "MANAGEMENT_SERVER_PORT");

	private OthersVariables() {
	}

	/**
	 * Whether a variable is one of them.
	 * @param name its name
	 * @param value its value
	 * @return whether it is
	 */
	static boolean has(String name, Object value) {
		return name.startsWith("SLUICE_REGISTRY_") || SCRIPTS.contains(name) || isOfService(name, value);
	}

	/**
	 * Whether Kubernetes made a variable for a Service.
	 * @param name its name
	 * @param value its value
	 * @return whether it looks so, and is no setting
	 */
	static boolean isOfService(String name, Object value) {
		return ServiceVariables.has(name, value.toString()) && (PORTS.contains(name) || isOurs(name));
	}

	private static boolean isOurs(String name) {
		return name.startsWith("SLUICE_")
				&& VariablePath.of(name.toUpperCase(Locale.ROOT)).end() != VariablePath.End.SETTING;
	}

}
