package dev.sluice.credential.dockerconfig;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The layout of {@code .dockercfg}, which Docker wrote before 1.7 and Kubernetes still
 * has as {@code kubernetes.io/dockercfg}: what is now the value of {@code auths} is the
 * whole file.
 */
final class LegacyLayout {

	private static final Set<String> SECTIONS = Set.of("auths", "credhelpers", "credsstore");

	private static final Set<String> ENTRY_FIELDS = Set.of("auth", "username", "password", "identitytoken",
			"registrytoken", "email");

	private LegacyLayout() {
	}

	/**
	 * Brings a file into today's layout.
	 * @param root the whole file, an object
	 * @return the same, or an object with the file as its {@code auths} if it has none of
	 * today's sections but something that looks like a login
	 */
	static JsonNode asConfig(JsonNode root) {
		boolean modern = names(root).anyMatch(SECTIONS::contains);
		boolean login = root.properties()
			.stream()
			.anyMatch((entry) -> !entry.getKey().equalsIgnoreCase("HttpHeaders")
					&& names(entry.getValue()).anyMatch(ENTRY_FIELDS::contains));
		return (modern || !login) ? root : JsonNodeFactory.instance.objectNode().set("auths", root);
	}

	private static Stream<String> names(JsonNode object) {
		return object.properties().stream().map((entry) -> entry.getKey().toLowerCase(Locale.ROOT));
	}

}
