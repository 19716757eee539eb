package dev.sluice.transport;

import java.io.ByteArrayOutputStream;

import io.netty.buffer.ByteBuf;

/**
 * Collects buffers into an array of limited size. For one thread at a time.
 */
final class BoundedBytes {

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

	private final int limit;

	BoundedBytes(int limit) {
		this.limit = limit;
	}

	/**
	 * Copies and releases a buffer.
	 * @param buffer the buffer
	 * @throws LimitExceeded if it is too much
	 */
	void add(ByteBuf buffer) {
		try {
			if (buffer.readableBytes() > this.limit - this.bytes.size()) {
				throw new LimitExceeded();
			}
			byte[] part = new byte[buffer.readableBytes()];
			buffer.readBytes(part);
			this.bytes.writeBytes(part);
		}
		finally {
			buffer.release();
		}
	}

	byte[] toByteArray() {
		return this.bytes.toByteArray();
	}

	/** There is more than fits. */
	static final class LimitExceeded extends RuntimeException {

		LimitExceeded() {
			super("limit exceeded", null, false, false);
		}

	}

}
