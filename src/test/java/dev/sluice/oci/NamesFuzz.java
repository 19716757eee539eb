package dev.sluice.oci;

import java.nio.charset.StandardCharsets;

import dev.sluice.testing.LinearTime;

/** Registries', repositories', tags' and digests' names, and paths that hold them. */
public final class NamesFuzz {

	private NamesFuzz() {
	}

	public static void fuzzerTestOneInput(byte[] input) {
		String text = new String(input, StandardCharsets.UTF_8);
		LinearTime.spend(() -> {
			RegistryName.tryParse(text).ifPresent(NamesFuzz::readAgain);
			Digest.tryParse(text);
			refusedOrRead(() -> new RepositoryName(text));
			refusedOrRead(() -> Reference.parse(text));
			refusedOrRead(() -> RegistryRequest.parse(text));
			refusedOrRead(() -> RegistryRequest.parse("/v2/" + text));
			Printable.of(text);
		});
	}

	private static void readAgain(RegistryName name) {
		if (!RegistryName.parse(name.toString()).equals(name)) {
			throw new IllegalStateException("means another when read again: " + name);
		}
	}

	private static void refusedOrRead(Runnable reading) {
		try {
			reading.run();
		}
		catch (RequestException.Malformed | RequestException.NotFound ex) {
			// that is its answer
		}
	}

}
