package dev.sluice.transport;

import java.io.ByteArrayOutputStream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

/**
 * Collects bytes into an array of limited size. For one thread at a time.
 */
final class BoundedBytes {

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

	private final int limit;

	BoundedBytes(int limit) {
		this.limit = limit;
	}

	/**
	 * Copies and releases a buffer. To be done before bytes are collected: a collector
	 * that is being cancelled drops what comes, and a dropped buffer is lost.
	 * @param buffer the buffer
	 * @return its bytes
	 */
	static byte[] copy(ByteBuf buffer) {
		try {
			return ByteBufUtil.getBytes(buffer);
		}
		finally {
			buffer.release();
		}
	}

	/**
	 * Adds bytes.
	 * @param part the bytes
	 * @throws LimitExceeded if they are too many
	 */
	void add(byte[] part) {
		if (part.length > this.limit - this.bytes.size()) {
			throw new LimitExceeded();
		}
		this.bytes.writeBytes(part);
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
