package dev.sluice.credential.helper;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import dev.sluice.testing.LinearTime;

/** What a credential helper writes, well ended and not. */
public final class HelperAnswerFuzz {

	private static final AnswerReader READER = new AnswerReader(Duration.ofSeconds(10));

	private static final HelperQuestion QUESTION = new HelperQuestion("fuzz", "registry.example");

	private HelperAnswerFuzz() {
	}

	public static void fuzzerTestOneInput(byte[] input) {
		String words = new String(input, StandardCharsets.UTF_8);
		LinearTime.spend(() -> {
			for (HelperRun.End end : HelperRun.End.values()) {
				READER.read(QUESTION, new HelperRun.Result(end, 0, words, words));
				READER.read(QUESTION, new HelperRun.Result(end, 1, words, words));
			}
		});
	}

}
