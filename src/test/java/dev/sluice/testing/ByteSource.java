package dev.sluice.testing;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SynchronousSink;

/**
 * Bytes that can be read at any offset, any number of times, without being held in memory
 * as a whole. Immutable and thread-safe.
 */
public interface ByteSource {

	/** How much {@link #flux()} emits at a time. */
	int CHUNK = 64 * 1024;

	/** The number of bytes. */
	long size();

	/**
	 * Reads exactly {@code length} bytes from {@code offset}.
	 * @throws IndexOutOfBoundsException outside {@code [0, size()]}
	 */
	byte[] read(long offset, int length);

	/** The same bytes as {@link #read}, as a buffer to send. */
	default ByteBuf buffer(long offset, int length) {
		return Unpooled.wrappedBuffer(read(offset, length));
	}

	/** All bytes; for content that is known to be small. */
	default byte[] bytes() {
		return read(0, Math.toIntExact(size()));
	}

	/** A view of {@code length} bytes from {@code offset}. */
	default ByteSource slice(long offset, long length) {
		return new Slice(this, offset, length);
	}

	/** A view in which the byte at {@code index} is another one. */
	default ByteSource flippedAt(long index) {
		return new Flipped(this, index);
	}

	/** The bytes in chunks, read on demand. */
	default Flux<ByteBuf> flux() {
		long chunks = (size() + CHUNK - 1) / CHUNK;
		return Flux.generate(() -> 0L, (Long chunk, SynchronousSink<ByteBuf> sink) -> {
			if (chunk == chunks) {
				sink.complete();
				return chunk;
			}
			long offset = chunk * CHUNK;
			sink.next(buffer(offset, (int) Math.min(CHUNK, size() - offset)));
			return chunk + 1;
		});
	}

	/** A source over {@code bytes}, which must not be changed afterwards. */
	static ByteSource of(byte[] bytes) {
		return new Held(bytes);
	}

	/** The UTF-8 bytes of {@code text}. */
	static ByteSource of(String text) {
		return of(text.getBytes(StandardCharsets.UTF_8));
	}

	/** No bytes. */
	static ByteSource empty() {
		return of(new byte[0]);
	}

	/** A source over an array. */
	@SuppressWarnings("ArrayRecordComponent")
	record Held(byte[] array) implements ByteSource {

		@Override
		public long size() {
			return this.array.length;
		}

		@Override
		public byte[] read(long offset, int length) {
			byte[] read = new byte[length];
			System.arraycopy(this.array, Math.toIntExact(offset), read, 0, length);
			return read;
		}

	}

	/** A window on another source. */
	record Slice(ByteSource whole, long start, long size) implements ByteSource {

		public Slice {
			if (start < 0 || size < 0 || start + size > whole.size()) {
				throw new IndexOutOfBoundsException(start + "+" + size + " of " + whole.size());
			}
		}

		@Override
		public ByteBuf buffer(long offset, int length) {
			return this.whole.buffer(this.start + offset, length);
		}

		@Override
		public byte[] read(long offset, int length) {
			return this.whole.read(this.start + offset, length);
		}

	}

	/** Another source with one byte inverted. */
	record Flipped(ByteSource whole, long index) implements ByteSource {

		@Override
		public long size() {
			return this.whole.size();
		}

		@Override
		public byte[] read(long offset, int length) {
			byte[] read = this.whole.read(offset, length);
			if (this.index >= offset && this.index < offset + length) {
				int at = (int) (this.index - offset);
				read[at] = (byte) ~read[at];
			}
			return read;
		}

	}

}
