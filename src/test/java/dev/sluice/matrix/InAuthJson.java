package dev.sluice.matrix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.sluice.testing.registries.Condition;
import dev.sluice.testing.registries.Form;
import dev.sluice.testing.registries.Personality;

/**
 * Podman's {@code auth.json}, with a key for the very repository, and Docker Hub under
 * the name that Podman has for it.
 */
record InAuthJson() implements CredentialKind {

	@Override
	public String title() {
		return "Podman auth.json";
	}

	@Override
	public Form form(Personality personality) {
		return Form.LOGIN;
	}

	@Override
	public Setup setUp(Path directory, List<Entry> entries) throws IOException {
		Map<String, Object> auths = new LinkedHashMap<>();
		entries.forEach((entry) -> auths.put(key(entry), InConfigJson.encoded(entry)));
		Path file = Files.writeString(directory.resolve("auth.json"), Json.of(Map.of("auths", auths)));
		return new Setup(Map.of(), List.of("sluice.credentials.auth-json=" + file));
	}

	private static String key(Entry entry) {
		// a bad one is for the whole host, so that it is in the way of public content too
		return (entry.condition() == Condition.RIGHT) ? entry.host() + namespace(entry.personality()) : entry.host();
	}

	private static String namespace(Personality personality) {
		String repository = personality.privateRepository();
		return repository.isEmpty() ? "" : "/" + repository.substring(0, repository.indexOf('/'));
	}

	@Override
	public String source(Entry entry) {
		return "auth.json (" + key(entry) + ")";
	}

	@Override
	public String toString() {
		return title();
	}

}
