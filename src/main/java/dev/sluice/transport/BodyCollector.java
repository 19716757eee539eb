package dev.sluice.transport;

import java.util.ArrayList;
import java.util.List;

import dev.sluice.oci.HeldBytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

/**
 * Collects a body of limited size, and takes memory for it as it arrives. For one thread
 * at a time.
 */
final class BodyCollector {

	private final List<byte[]> parts = new ArrayList<>();

	private final int limit;

	private final HeldMemory.Claim claim;

	private int length;

	BodyCollector(int limit, HeldMemory.Claim claim) {
		this.limit = limit;
		this.claim = claim;
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
	 * @throws MemoryExceeded if there is no memory for them
	 */
	void add(byte[] part) {
		if (part.length > this.limit - this.length) {
			throw new LimitExceeded();
		}
		if (!this.claim.grow(part.length)) {
			throw new MemoryExceeded();
		}
		this.parts.add(part);
		this.length += part.length;
	}

	HeldBytes held() {
		return new HeldBytes(this.parts, this.claim::release);
	}

	/** Lets go of what was collected. */
	void abandon() {
		this.parts.clear();
		this.claim.release();
	}

	/** There is more than fits. */
	static final class LimitExceeded extends RuntimeException {

		LimitExceeded() {
			super("limit exceeded", null, false, false);
		}

	}

	/** Too much is held already. */
	static final class MemoryExceeded extends RuntimeException {

		MemoryExceeded() {
			super("memory exceeded", null, false, false);
		}

	}

}
