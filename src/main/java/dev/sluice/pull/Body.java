package dev.sluice.pull;

import java.nio.channels.FileChannel;

import dev.sluice.oci.HeldBytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import reactor.core.publisher.Flux;

/**
 * The bytes of an answer. Whoever holds one subscribes to its buffers once or releases
 * it; releasing in any case is right. Thread-safe.
 */
public sealed interface Body {

	/** Lets go of what is held for it: upstream, in memory or on disk. */
	void release();

	/**
	 * Bytes that are in memory when they are sent.
	 */
	sealed interface Buffered extends Body {

		/**
		 * The bytes.
		 * @return buffers, each the subscriber's to release
		 */
		Flux<ByteBuf> buffers();

	}

	/**
	 * No bytes.
	 */
	record None() implements Buffered {

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
	record Held(HeldBytes bytes) implements Buffered {

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
	 * Bytes of a file, perhaps one that is still being written, and, where its disk has
	 * failed, bytes from elsewhere behind them.
	 *
	 * @param pieces the bytes in order, each piece the subscriber's to release
	 * @param releasing lets go of the file, if it isn't subscribed to
	 */
	record Sliced(Flux<Piece> pieces, Runnable releasing) implements Body {

		@Override
		public void release() {
			this.releasing.run();
		}

	}

	/**
	 * Some bytes of a body.
	 */
	sealed interface Piece {

		/**
		 * How many.
		 * @return bytes, at least one
		 */
		long count();

		/** Lets go of them. */
		void release();

	}

	/**
	 * Some bytes of a file.
	 *
	 * @param file the file, open until the slice is released
	 * @param position the first byte in the file
	 * @param count how many, at least one
	 * @param releasing lets go of the file, to be run once
	 */
	record Slice(FileChannel file, long position, long count, Runnable releasing) implements Piece {

		@Override
		public void release() {
			this.releasing.run();
		}

	}

	/**
	 * Some bytes in memory.
	 *
	 * @param bytes the bytes
	 */
	record Buffer(ByteBuf bytes) implements Piece {

		@Override
		public long count() {
			return this.bytes.readableBytes();
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
	record Streamed(Flux<ByteBuf> buffers, Runnable releasing) implements Buffered {

		@Override
		public void release() {
			this.releasing.run();
		}

	}

}
