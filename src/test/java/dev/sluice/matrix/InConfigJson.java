package dev.sluice.matrix;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import dev.sluice.testing.registries.Form;
import dev.sluice.testing.registries.Personality;

/**
 * The {@code auths} of a Docker {@code config.json}.
 *
 * @param title what it is called
 * @param form what the credentials are made of
 * @param writer writes one as Docker does
 */
record InConfigJson(String title, Form form, Function<Entry, Map<String, String>> writer) implements CredentialKind {

	@Override
	public Form form(Personality personality) {
		return this.form;
	}

	@Override
	public Setup setUp(Path directory, List<Entry> entries) throws IOException {
		Path file = Files.writeString(directory.resolve("config.json"), document(entries, this.writer));
		return new Setup(Map.of(), List.of("sluice.credentials.docker-config=" + file));
	}

	@Override
	public String source(Entry entry) {
		return "config.json (" + entry.key() + ")";
	}

	/** The whole file. */
	static String document(List<Entry> entries, Function<Entry, Map<String, String>> writer) {
		Map<String, Object> auths = new LinkedHashMap<>();
		entries.forEach((entry) -> auths.put(entry.key(), writer.apply(entry)));
		return Json.of(Map.of("auths", auths, "HttpHeaders", Map.of("User-Agent", "Docker-Client/18.09.6 (darwin)")));
	}

	static Map<String, String> plain(Entry entry) {
		return Map.of("username", entry.username(), "password", entry.secret());
	}

	static Map<String, String> encoded(Entry entry) {
		return Map.of("auth", base64(entry.username() + ":" + entry.secret()));
	}

	/** As {@code az acr login} writes it, with a user name and no password. */
	static Map<String, String> identityToken(Entry entry) {
		return entry.username().isEmpty() ? Map.of("identitytoken", entry.secret())
				: Map.of("auth", base64(entry.username() + ":"), "identitytoken", entry.secret());
	}

	static Map<String, String> registryToken(Entry entry) {
		return Map.of("registrytoken", entry.secret());
	}

	private static String base64(String text) {
		return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
	}

	@Override
	public String toString() {
		return this.title;
	}

}
