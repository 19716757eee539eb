package dev.sluice.pull;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

import dev.sluice.oci.HeldBytes;
import dev.sluice.oci.Tag;
import dev.sluice.testing.LinearTime;

/**
 * A manifest: its {@code Content-Type} on the first line, the body below. No page may
 * come of it.
 */
public final class ManifestFuzz {

	private static final Tag TAG = new Tag("1");

	private ManifestFuzz() {
	}

	public static void fuzzerTestOneInput(byte[] input) {
		String type = new String(input, StandardCharsets.ISO_8859_1).lines().findFirst().orElse("");
		byte[] body = (type.length() < input.length) ? Arrays.copyOfRange(input, type.length() + 1, input.length)
				: new byte[0];
		LinearTime.spend(() -> {
			try {
				HeldManifest manifest = HeldManifest.of(HeldBytes.of(body), Optional.of(type), Optional.empty(), TAG);
				if (!manifest.mediaType().matches("application/[a-z0-9!#$&^_.+-]++")) {
					throw new IllegalStateException("no type of a manifest: " + manifest.mediaType());
				}
			}
			catch (HeldManifest.Refused ex) {
				// that is its answer
			}
		});
	}

}
