package dev.sluice.transport;

import java.io.IOException;
import java.time.Duration;

/**
 * An upstream sent nothing although it was its turn.
 */
final class SilentUpstreamException extends IOException {

	private final Duration silence;

	SilentUpstreamException(Duration silence) {
		super("sent nothing for " + Durations.text(silence));
		this.silence = silence;
	}

	Duration silence() {
		return this.silence;
	}

}
