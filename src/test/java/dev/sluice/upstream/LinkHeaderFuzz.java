package dev.sluice.upstream;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import dev.sluice.testing.LinearTime;

/** An upstream's links; lines end with a line feed. */
public final class LinkHeaderFuzz {

	private LinkHeaderFuzz() {
	}

	public static void fuzzerTestOneInput(byte[] input) {
		List<String> lines = Arrays.asList(new String(input, StandardCharsets.ISO_8859_1).split("\n", -1));
		LinearTime.spend(() -> LinkHeader.next(lines));
	}

}
