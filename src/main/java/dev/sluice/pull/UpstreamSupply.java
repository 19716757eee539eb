package dev.sluice.pull;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;

import dev.sluice.oci.ByteRange;
import dev.sluice.oci.ContentRange;
import dev.sluice.store.fill.Supply;
import reactor.core.publisher.Mono;

/**
 * A blob as one repository's upstream has it: each time it is asked, with whatever login
 * and token are good by then. Thread-safe.
 */
final class UpstreamSupply implements Supply {

	private final Straight straight;

	private final AtomicReference<Notes> notes = new AtomicReference<>(Notes.NONE);

	/**
	 * A supply.
	 * @param straight pulls a part of the blob, or all of it, past the store
	 */
	UpstreamSupply(Straight straight) {
		this.straight = straight;
	}

	@Override
	public Mono<Portion> from(long offset) {
		Optional<ByteRange> range = (offset == 0) ? Optional.empty()
				: Optional.of(new ByteRange.Span(offset, OptionalLong.empty()));
		return this.straight.pull(range).map(this::portion);
	}

	private Portion portion(Pulled pulled) {
		if (!(pulled instanceof Pulled.Blob blob) || !(blob.body() instanceof Body.Streamed body)) {
			throw new PassedOn(pulled);
		}
		this.notes.set(blob.notes());
		OptionalLong total = blob.part().map(ContentRange.Part::length).orElse(blob.length());
		return new Portion(blob.part().map(ContentRange.Part::first).orElse(0L), total, body.buffers(), body::release);
	}

	/**
	 * What the upstream said beside it, when it was last asked.
	 * @return the notes
	 */
	Notes notes() {
		return this.notes.get();
	}

	/** Pulls past the store. */
	@FunctionalInterface
	interface Straight {

		Mono<Pulled> pull(Optional<ByteRange> range);

	}

	/** It isn't here, and where it is the client is told. */
	static final class PassedOn extends RuntimeException {

		private final transient Pulled pulled;

		PassedOn(Pulled pulled) {
			super("the blob is elsewhere", null, false, false);
			this.pulled = pulled;
		}

		Pulled pulled() {
			return this.pulled;
		}

	}

}
