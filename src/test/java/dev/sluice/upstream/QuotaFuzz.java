package dev.sluice.upstream;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import dev.sluice.testing.LinearTime;

/** What a registry says of its quota. */
public final class QuotaFuzz {

	private QuotaFuzz() {
	}

	public static void fuzzerTestOneInput(byte[] input) {
		String text = new String(input, StandardCharsets.ISO_8859_1);
		LinearTime.spend(() -> Quota.of((name) -> Optional.of(text)).ifPresent((quota) -> {
			if (quota.remaining() < 0 || quota.limit() < 0 || quota.window().isNegative()) {
				throw new IllegalStateException("less than nothing: " + quota);
			}
		}));
	}

}
