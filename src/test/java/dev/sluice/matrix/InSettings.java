package dev.sluice.matrix;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.sluice.testing.registries.Form;
import dev.sluice.testing.registries.Personality;

/**
 * The {@code credential} of an upstream's settings.
 */
record InSettings() implements CredentialKind {

	@Override
	public String title() {
		return "sluice.upstreams[].credential";
	}

	@Override
	public Form form(Personality personality) {
		return Form.LOGIN;
	}

	@Override
	public Setup setUp(Path directory, List<Entry> entries) {
		return new Setup(Map.of(),
				entries.stream()
					.flatMap((entry) -> Stream.of(source(entry) + ".username=" + entry.username(),
							source(entry) + ".password=" + entry.secret()))
					.toList());
	}

	@Override
	public String source(Entry entry) {
		return "sluice.upstreams[" + entry.upstream() + "].credential";
	}

	@Override
	public String toString() {
		return title();
	}

}
