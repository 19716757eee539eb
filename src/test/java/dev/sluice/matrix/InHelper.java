package dev.sluice.matrix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.sluice.testing.HelperScript;
import dev.sluice.testing.registries.Form;
import dev.sluice.testing.registries.Offer;
import dev.sluice.testing.registries.Personality;

/**
 * Credential helpers under the names that people have them, each a script that says what
 * the real one says.
 */
record InHelper() implements CredentialKind {

	@Override
	public String title() {
		return "credential helper";
	}

	@Override
	public Form form(Personality personality) {
		return personality.helperForm();
	}

	@Override
	public Offer offer(Personality personality) {
		return personality.helperOffer();
	}

	@Override
	public Setup setUp(Path directory, List<Entry> entries) throws IOException {
		entries.stream()
			.collect(Collectors.groupingBy((entry) -> entry.personality().helper()))
			.forEach((helper, kept) -> HelperScript.write(directory, helper, script(kept)));
		Map<String, String> helpers = new TreeMap<>();
		entries.forEach((entry) -> helpers.put(entry.key(), entry.personality().helper()));
		Path file = Files.writeString(directory.resolve("config.json"), Json.of(Map.of("credHelpers", helpers)));
		return new Setup(Map.of("PATH", HelperScript.path(directory)),
				List.of("sluice.credentials.docker-config=" + file));
	}

	private static String script(List<Entry> kept) {
		String cases = kept.stream()
			.map((entry) -> "'" + entry.key() + "') printf '%s\\n' '" + answer(entry) + "';;\n")
			.collect(Collectors.joining());
		return "case \"$server\" in\n" + cases + "*) echo 'credentials not found in native keychain'; exit 1;;\nesac\n";
	}

	private static String answer(Entry entry) {
		Map<String, String> answer = new LinkedHashMap<>();
		answer.put("ServerURL", entry.key());
		answer.put("Username", (entry.form() == Form.IDENTITY_TOKEN) ? "<token>" : entry.username());
		answer.put("Secret", entry.secret());
		return Json.of(answer);
	}

	@Override
	public String source(Entry entry) {
		return "docker-credential-" + entry.personality().helper() + " for " + entry.key();
	}

	@Override
	public String toString() {
		return title();
	}

}
