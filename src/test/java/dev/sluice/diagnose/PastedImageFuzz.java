package dev.sluice.diagnose;

import java.nio.charset.StandardCharsets;

import dev.sluice.oci.RequestException;
import dev.sluice.testing.LinearTime;

/**
 * What people paste to have explained.
 */
public final class PastedImageFuzz {

	private PastedImageFuzz() {
	}

	public static void fuzzerTestOneInput(byte[] input) {
		String text = new String(input, StandardCharsets.UTF_8);
		LinearTime.spend(() -> read(text));
	}

	/** It is one word, and an image or none. */
	private static void read(String text) {
		try {
			String image = PastedImage.in(text);
			if (image.isEmpty() || image.chars().anyMatch((c) -> c == ' ' || c == '\n')) {
				throw new IllegalStateException("no word: " + image);
			}
			ImageName.parse(image);
		}
		catch (RequestException.Malformed expected) {
			// it says so
		}
	}

}
