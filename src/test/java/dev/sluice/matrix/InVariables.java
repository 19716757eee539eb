package dev.sluice.matrix;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.sluice.testing.registries.Form;
import dev.sluice.testing.registries.Personality;

/**
 * Environment variables, half of them under imgpkg's names.
 */
record InVariables() implements CredentialKind {

	@Override
	public String title() {
		return "environment variables";
	}

	@Override
	public Form form(Personality personality) {
		return Form.LOGIN;
	}

	@Override
	public Setup setUp(Path directory, List<Entry> entries) {
		Map<String, String> variables = new HashMap<>();
		entries.forEach((entry) -> {
			variables.put(name("HOSTNAME", entry), entry.key());
			variables.put(name("USERNAME", entry), entry.username());
			variables.put(name("PASSWORD", entry), entry.secret());
		});
		return new Setup(variables, List.of());
	}

	private static String name(String part, Entry entry) {
		String prefix = (entry.upstream() % 2 == 0) ? "SLUICE" : "IMGPKG";
		return prefix + "_REGISTRY_" + part + "_" + entry.upstream();
	}

	@Override
	public String source(Entry entry) {
		return "environment variable " + name("HOSTNAME", entry);
	}

	@Override
	public String toString() {
		return title();
	}

}
