package dev.sluice.pull;

import java.util.Optional;

import dev.sluice.oci.ByteRange;
import dev.sluice.oci.Digest;
import dev.sluice.route.Target;

/**
 * What a client wants of a blob. Immutable.
 *
 * @param target its repository
 * @param digest its digest
 * @param range the part, if not all
 * @param isHead whether no bytes of it are wanted
 */
record WantedBlob(Target target, Digest digest, Optional<ByteRange> range, boolean isHead) {

	/** Bytes beyond what has come that are waited for: others are asked for apart. */
	private static final long NEAR = 64 * 1024 * 1024;

	/** Who wants an end first, as lazy pullers do, mustn't wait for all of it. */
	boolean isFromZero() {
		return !this.isHead
				&& this.range.map((it) -> it instanceof ByteRange.Span span && span.first() == 0).orElse(true);
	}

	boolean isFarBeyond(long written) {
		return this.isHead || this.range.filter((it) -> switch (it) {
			case ByteRange.Span span -> span.first() > written + NEAR;
			case ByteRange.Suffix _ -> true;
		}).isPresent();
	}

}
