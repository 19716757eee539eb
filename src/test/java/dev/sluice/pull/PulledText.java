package dev.sluice.pull;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** What a client reads of what was pulled. */
final class PulledText {

	private PulledText() {
	}

	static String of(Pulled pulled) {
		return ((Body.Buffered) pulled.body()).buffers()
			.map((buffer) -> buffer.toString(StandardCharsets.UTF_8))
			.reduce("", String::concat)
			.blockOptional(Duration.ofSeconds(10))
			.orElseThrow();
	}

}
