package dev.sluice.testing;

import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Holds answers back until the test opens it; open for good from then on. Thread-safe.
 */
public final class Gate {

	private final Sinks.Empty<Void> opened = Sinks.empty();

	/** Lets everything through that waits and will come. */
	public void open() {
		this.opened.tryEmitEmpty();
	}

	Mono<Void> passage() {
		return this.opened.asMono();
	}

}
