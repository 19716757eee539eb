package dev.sluice.pull;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;

import dev.sluice.oci.ByteRange;
import dev.sluice.oci.ContentRange;
import dev.sluice.oci.Digest;
import dev.sluice.oci.UpstreamException;
import dev.sluice.route.Target;
import dev.sluice.store.fill.Supply;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A blob as one repository's upstream has it: each time it is asked, with whatever login
 * and token are good by then. Thread-safe.
 */
final class UpstreamSupply implements Supply {

	private final UpstreamBlobs blobs;

	private final Target target;

	private final Digest digest;

	private final AtomicReference<UpstreamBlobs.@Nullable Opened> said = new AtomicReference<>();

	UpstreamSupply(UpstreamBlobs blobs, Target target, Digest digest) {
		this.blobs = blobs;
		this.target = target;
		this.digest = digest;
	}

	@Override
	public Mono<Portion> from(long offset) {
		Optional<ByteRange> range = (offset == 0) ? Optional.empty()
				: Optional.of(new ByteRange.Span(offset, OptionalLong.empty()));
		return this.blobs.open(this.target, this.digest, range).map(this::portion);
	}

	@Override
	public String upstream() {
		return this.target.toString();
	}

	private Portion portion(UpstreamBlobs.Opened opened) {
		if (!(opened.pulled() instanceof Pulled.Blob blob) || !(blob.body() instanceof Body.Streamed body)) {
			throw new PassedOn(opened);
		}
		if (isInTheWay(opened)) {
			body.release();
			throw new UpstreamException.InvalidAnswer(this.target.registry()
					+ " answered with an HTML page in the middle of " + this.digest + ": is there a proxy in the way?");
		}
		this.said.set(opened);
		return new Portion(blob.part().map(ContentRange.Part::first).orElse(0L), opened.total(), body.buffers(),
				body::release);
	}

	/** A page of another length than the blob is none of it. */
	private boolean isInTheWay(UpstreamBlobs.Opened opened) {
		UpstreamBlobs.Opened before = this.said.get();
		return before != null && opened.isPage() && !opened.total().equals(before.total());
	}

	/**
	 * What the upstream said, when it was last asked and had it.
	 * @return the answer, whose body is used up
	 */
	UpstreamBlobs.Opened said() {
		return Objects.requireNonNull(this.said.get());
	}

	/** It isn't here, and where it is the client is told. */
	static final class PassedOn extends RuntimeException {

		private final transient UpstreamBlobs.Opened said;

		PassedOn(UpstreamBlobs.Opened said) {
			super("the blob is elsewhere", null, false, false);
			this.said = said;
		}

		UpstreamBlobs.Opened said() {
			return this.said;
		}

	}

}
