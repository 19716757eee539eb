package dev.sluice.testing;

import java.util.Random;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Any number of bytes that depend on the seed and the size alone and are made on the fly,
 * so that a blob of 100 MiB needs no heap. Thread-safe.
 *
 * <p>
 * The bytes are a window that wanders over one fixed pattern whose length is a prime:
 * data taken from a wrong offset differs. Each block starts with a stamp of the seed and
 * the block's number.
 */
record GeneratedBytes(long size, long seed) implements ByteSource {

	private static final int PERIOD = 1_000_003;

	private static final int STAMP = Long.BYTES;

	private static final byte[] PATTERN = pattern();

	private static final ByteBuf SENDABLE = Unpooled
		.unreleasableBuffer(Unpooled.directBuffer(PERIOD).writeBytes(PATTERN).asReadOnly());

	@Override
	public byte[] read(long offset, int length) {
		if (offset < 0 || length < 0 || offset + length > this.size) {
			throw new IndexOutOfBoundsException(offset + "+" + length + " of " + this.size);
		}
		byte[] read = new byte[length];
		int done = 0;
		while (done < length) {
			long block = (offset + done) / PERIOD;
			int from = (int) ((offset + done) % PERIOD);
			int count = Math.min(length - done, PERIOD - from);
			System.arraycopy(PATTERN, from, read, done, count);
			stamp(block, from, read, done, count);
			done += count;
		}
		return read;
	}

	/** Without a copy, but where a stamp or a block's end is in the way. */
	@Override
	public ByteBuf buffer(long offset, int length) {
		int from = (int) (offset % PERIOD);
		if (from < STAMP || from + length > PERIOD) {
			return ByteSource.super.buffer(offset, length);
		}
		return SENDABLE.slice(from, length);
	}

	private void stamp(long block, int from, byte[] target, int at, int count) {
		long stamp = (this.seed + 1) * 0x9E3779B97F4A7C15L + block;
		for (int index = from; index < Math.min(STAMP, from + count); index++) {
			target[at + index - from] = (byte) (stamp >>> (8 * index));
		}
	}

	private static byte[] pattern() {
		byte[] pattern = new byte[PERIOD];
		new Random(42).nextBytes(pattern);
		return pattern;
	}

}
