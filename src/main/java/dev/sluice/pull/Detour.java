package dev.sluice.pull;

import java.security.MessageDigest;
import java.util.Optional;
import java.util.OptionalLong;

import dev.sluice.oci.ByteRange;
import dev.sluice.oci.ContentRange;
import dev.sluice.oci.Digest;
import dev.sluice.oci.UpstreamException;
import dev.sluice.route.Target;
import dev.sluice.store.fill.Fill;
import reactor.core.publisher.Flux;

/**
 * The way round a disk that failed under a fill: one client has the rest of the blob
 * straight from its own repository's upstream, but for the last byte, or the end where
 * the length isn't known, which comes once all of it is verified: by the fill's sum, gone
 * on with over the client's own bytes, or, of a part that begins further on, by the
 * fill's verdict. Thread-safe.
 */
final class Detour {

	private final Target target;

	private final Digest digest;

	private final UpstreamBlobs upstream;

	private final Fill fill;

	/**
	 * A way round.
	 * @param target the client's repository
	 * @param digest the blob's digest
	 * @param upstream pulls a part of the blob, or all of it, past the store
	 * @param fill the fill, which has begun
	 */
	Detour(Target target, Digest digest, UpstreamBlobs upstream, Fill fill) {
		this.target = target;
		this.digest = digest;
		this.upstream = upstream;
		this.fill = fill;
	}

	/**
	 * Asks for the rest.
	 * @param position the first byte that the client hasn't got yet
	 * @param end behind the last one; {@link Long#MAX_VALUE} for all
	 * @param sum over all bytes before that, if it is known
	 * @return buffers, each the subscriber's to release; its error is the upstream's, or
	 * the fill's
	 */
	Flux<Body.Piece> from(long position, long end, Optional<MessageDigest> sum) {
		return this.fill.begun()
			.flatMapMany((total) -> this.upstream.get(this.target, this.digest, range(position, end, total))
				.flatMapMany((pulled) -> rest(pulled, position, end, total, sum)));
	}

	/** All of it is asked for without a range: not every upstream gives parts. */
	private static Optional<ByteRange> range(long position, long end, OptionalLong total) {
		boolean toTheEnd = end >= total.orElse(Long.MAX_VALUE);
		return (position == 0 && toTheEnd) ? Optional.empty()
				: Optional.of(new ByteRange.Span(position, toTheEnd ? OptionalLong.empty() : OptionalLong.of(end - 1)));
	}

	private Flux<Body.Piece> rest(Pulled pulled, long position, long end, OptionalLong total,
			Optional<MessageDigest> sum) {
		if (!(pulled instanceof Pulled.Blob blob) || !(blob.body() instanceof Body.Streamed body)
				|| !isPartOf(blob, position, total)) {
			pulled.release();
			return Flux.error(new UpstreamException.InvalidAnswer(
					"the rest of " + this.digest + " from byte " + position + " on isn't to be had any more"));
		}
		long first = blob.part().map(ContentRange.Part::first).orElse(0L);
		Stretch stretch = new Stretch(this.digest, first, position, end, total, sum);
		return stretch.of(body.buffers(), this.fill.verdict());
	}

	/** Another length is another blob. */
	private static boolean isPartOf(Pulled.Blob blob, long position, OptionalLong total) {
		OptionalLong length = blob.part().map(ContentRange.Part::length).orElse(blob.length());
		boolean other = length.isPresent() && total.isPresent() && length.getAsLong() != total.getAsLong();
		return !other && blob.part().map(ContentRange.Part::first).orElse(0L) <= position;
	}

}
