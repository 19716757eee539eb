package dev.sluice.pull;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;

import dev.sluice.oci.Digest;
import dev.sluice.oci.UpstreamException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;

/**
 * A stretch of a blob, cut out of what an upstream sends. If the blob's last byte is in
 * it, or the end where the length isn't known, that is held back for a verdict: the byte
 * itself, not the buffer that it came in. For one subscriber, whose signals come one
 * after the other.
 */
final class Stretch {

	private final Digest digest;

	private final Optional<MessageDigest> sum;

	private final long first;

	private final long end;

	/** Behind the last byte that needs no verdict. */
	private final long free;

	/** Whether all of it is free. */
	private final boolean unbound;

	private long position;

	private byte last;

	/**
	 * A stretch.
	 * @param digest the blob's digest
	 * @param sent the first byte that the upstream sends
	 * @param first the first byte that is wanted, at or behind that
	 * @param end behind the last one; {@link Long#MAX_VALUE} for all
	 * @param total the blob's length, if it is known
	 * @param sum over all bytes before the first that is wanted, if it is known: it is
	 * the verdict then
	 */
	Stretch(Digest digest, long sent, long first, long end, OptionalLong total, Optional<MessageDigest> sum) {
		this.digest = digest;
		this.sum = sum;
		this.position = sent;
		this.first = first;
		this.end = Math.min(end, total.orElse(Long.MAX_VALUE));
		this.unbound = this.end < total.orElse(Long.MAX_VALUE) && end != Long.MAX_VALUE;
		this.free = (total.isPresent() && !this.unbound) ? this.end - 1 : this.end;
	}

	/**
	 * Cuts it out.
	 * @param buffers what the upstream sends
	 * @param verdict the blob's verified length
	 * @return its bytes, each piece the subscriber's to release; an error if there are
	 * too few, or the verdict's
	 */
	Flux<Body.Piece> of(Flux<ByteBuf> buffers, Mono<Long> verdict) {
		return buffers.handle(this::cut).concatWith(Flux.defer(() -> tail(verdict)));
	}

	private void cut(ByteBuf buffer, SynchronousSink<Body.Piece> sink) {
		long begin = this.position;
		this.position = Math.min(this.end, begin + buffer.readableBytes());
		if (begin <= this.free && this.free < this.position) {
			this.last = buffer.getByte(buffer.readerIndex() + (int) (this.free - begin));
		}
		long from = Math.max(begin, this.first);
		long to = Math.min(this.position, this.free);
		if (from < to) {
			int offset = buffer.readerIndex() + (int) (from - begin);
			buffer.setIndex(offset, offset + (int) (to - from));
			this.sum.ifPresent((it) -> it.update(buffer.nioBuffer()));
			sink.next(new Body.Buffer(buffer));
		}
		else {
			buffer.release();
		}
		if (this.position == this.end) {
			sink.complete();
		}
	}

	private Flux<Body.Piece> tail(Mono<Long> verdict) {
		if (this.position < this.end && this.end != Long.MAX_VALUE) {
			return Flux.error(endsAt(this.end));
		}
		if (this.unbound) {
			return Flux.empty();
		}
		return this.sum.map(this::summedUp).orElse(verdict).flatMapMany(this::verified);
	}

	private Mono<Long> summedUp(MessageDigest all) {
		if (this.free < this.end) {
			all.update(this.last);
		}
		Digest came = new Digest(this.digest.algorithm(), HexFormat.of().formatHex(all.digest()));
		return came.equals(this.digest) ? Mono.just(this.position)
				: Mono.error(new UpstreamException.InvalidAnswer("what came for " + this.digest + " is " + came));
	}

	private Flux<Body.Piece> verified(long length) {
		if (length != this.position) {
			return Flux.error(endsAt(length));
		}
		return (this.free == this.end) ? Flux.empty()
				: Flux.just(new Body.Buffer(Unpooled.wrappedBuffer(new byte[] { this.last })));
	}

	private UpstreamException endsAt(long length) {
		return new UpstreamException.InvalidAnswer(
				this.digest + " ended after " + this.position + " of " + length + " bytes");
	}

}
