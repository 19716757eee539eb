package dev.sluice.web;

import java.io.EOFException;
import java.io.IOException;

import dev.sluice.pull.Body;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * A slice that is read into memory, a buffer at a time. Not thread-safe.
 */
final class SliceRead {

	/** Bytes of a buffer. */
	static final int MOST = 128 * 1024;

	private final Body.Slice slice;

	private long read;

	SliceRead(Body.Slice slice) {
		this.slice = slice;
	}

	/**
	 * Reads what comes next; blocks as the disk does.
	 * @param memory where the buffer comes from
	 * @return the buffer, for the caller to release
	 * @throws IOException if it can't be read, or the file was cut short
	 */
	ByteBuf next(ByteBufAllocator memory) throws IOException {
		int count = (int) Math.min(MOST, this.slice.count() - this.read);
		ByteBuf buffer = memory.directBuffer(count);
		try {
			if (buffer.writeBytes(this.slice.file(), this.slice.position() + this.read, count) <= 0) {
				throw new EOFException("a file of the store is shorter than it was");
			}
			this.read += buffer.readableBytes();
			return buffer.retain();
		}
		finally {
			buffer.release();
		}
	}

	/** Whether all of it has been read. */
	boolean isDone() {
		return this.read == this.slice.count();
	}

	/** Lets go of the file. */
	void release() {
		this.slice.release();
	}

}
