package dev.sluice.matrix;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import dev.sluice.testing.SecretMount;
import dev.sluice.testing.registries.Form;
import dev.sluice.testing.registries.Personality;

/**
 * Mounted secrets of Kubernetes, one for each credential.
 */
record InKubernetesSecret() implements CredentialKind {

	@Override
	public String title() {
		return "Kubernetes secret";
	}

	@Override
	public Form form(Personality personality) {
		return Form.LOGIN;
	}

	@Override
	public Setup setUp(Path directory, List<Entry> entries) {
		entries.forEach((entry) -> SecretMount.at(directory.resolve(name(entry)))
			.write(Map.of(".dockerconfigjson", InConfigJson.document(List.of(entry), InConfigJson::encoded))));
		return new Setup(Map.of(), List.of("sluice.credentials.kubernetes-secrets=" + directory));
	}

	private static String name(Entry entry) {
		return "secret-" + entry.upstream();
	}

	@Override
	public String source(Entry entry) {
		return name(entry);
	}

	@Override
	public String toString() {
		return title();
	}

}
