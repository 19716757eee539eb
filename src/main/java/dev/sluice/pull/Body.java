package dev.sluice.pull;

import dev.sluice.oci.HeldBytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import reactor.core.publisher.Flux;

/**
 * The bytes of an answer. Whoever holds one subscribes to its buffers once or releases
 * it; releasing in any case is right. Thread-safe.
 */
public sealed interface Body {

	/**
	 * The bytes.
	 * @return buffers, each the subscriber's to release
	 */
	Flux<ByteBuf> buffers();

	/** Lets go of what is held for it, upstream or in memory. */
	void release();

	/**
	 * No bytes.
	 */
	record None() implements Body {

		@Override
		public Flux<ByteBuf> buffers() {
			return Flux.empty();
		}

		@Override
		public void release() {
			// nothing is held
		}

	}

	/**
	 * Bytes in memory, which count towards its budget until they are released.
	 *
	 * @param bytes the bytes
	 */
	record Held(HeldBytes bytes) implements Body {

		@Override
		public Flux<ByteBuf> buffers() {
			return Flux.fromIterable(this.bytes.parts()).map(Unpooled::wrappedBuffer);
		}

		@Override
		public void release() {
			this.bytes.release();
		}

	}

	/**
	 * Bytes as they arrive from an upstream.
	 *
	 * @param buffers the bytes
	 * @param releasing lets go of the connection
	 */
	record Streamed(Flux<ByteBuf> buffers, Runnable releasing) implements Body {

		@Override
		public void release() {
			this.releasing.run();
		}

	}

}
