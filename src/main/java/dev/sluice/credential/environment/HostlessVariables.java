package dev.sluice.credential.environment;

import java.util.List;
import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * imgpkg's variables that name no registry, whose credential imgpkg presents to whichever
 * one its command names. Sluice serves many: it would give each of them, whoever runs it,
 * a credential that is meant for one. So they aren't used.
 */
final class HostlessVariables {

	private static final Logger LOG = LoggerFactory.getLogger(HostlessVariables.class);

	private static final List<String> NAMES = List.of("IMGPKG_USERNAME", "IMGPKG_PASSWORD", "IMGPKG_TOKEN",
			"IMGPKG_ANON");

	private HostlessVariables() {
	}

	/**
	 * Says once which of them are set, and what to set instead. Shows no value.
	 * @param environment the environment variables
	 */
	static void warn(Map<String, String> environment) {
		List<String> set = NAMES.stream().filter((name) -> !environment.getOrDefault(name, "").isBlank()).toList();
		if (!set.isEmpty()) {
			LOG.warn("Not used, for the registry is missing, and no credential goes to all of them: {}. Set"
					+ " IMGPKG_REGISTRY_HOSTNAME with IMGPKG_REGISTRY_USERNAME and IMGPKG_REGISTRY_PASSWORD,"
					+ " or with IMGPKG_REGISTRY_REGISTRY_TOKEN", String.join(", ", set));
		}
	}

}
