package dev.sluice.matrix;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import dev.sluice.testing.registries.Form;
import dev.sluice.testing.registries.Personality;

/**
 * The variable {@code DOCKER_AUTH_CONFIG} of Docker and GitLab's runner.
 */
record InDockerAuthConfig() implements CredentialKind {

	@Override
	public String title() {
		return "DOCKER_AUTH_CONFIG";
	}

	@Override
	public Form form(Personality personality) {
		return Form.LOGIN;
	}

	@Override
	public Setup setUp(Path directory, List<Entry> entries) {
		return new Setup(Map.of("DOCKER_AUTH_CONFIG", InConfigJson.document(entries, InConfigJson::encoded)),
				List.of());
	}

	@Override
	public String source(Entry entry) {
		return "DOCKER_AUTH_CONFIG (" + entry.key() + ")";
	}

	@Override
	public String toString() {
		return title();
	}

}
