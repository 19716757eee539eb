package dev.sluice.matrix;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import dev.sluice.testing.registries.Form;
import dev.sluice.testing.registries.Offer;
import dev.sluice.testing.registries.Personality;

/**
 * No credential at all: what is public is pulled, and nothing else.
 */
record Nobody() implements CredentialKind {

	@Override
	public String title() {
		return "anonymous";
	}

	@Override
	public Form form(Personality personality) {
		return Form.LOGIN;
	}

	@Override
	public Offer offer(Personality personality) {
		return personality.publicRepository().isEmpty() ? Offer.none("nothing is public there") : Offer.kept("", "");
	}

	@Override
	public Setup setUp(Path directory, List<Entry> entries) {
		return new Setup(Map.of(), List.of());
	}

	@Override
	public String source(Entry entry) {
		return "no credential";
	}

	@Override
	public String toString() {
		return title();
	}

}
