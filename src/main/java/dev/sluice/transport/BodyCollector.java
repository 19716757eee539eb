package dev.sluice.transport;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import dev.sluice.oci.HeldBytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

/**
 * Collects a body of limited size, and takes memory for it as it arrives. It may come in
 * pieces of a byte, which as objects would be many times their size: they are gathered in
 * blocks, each as large as what came before it within {@value #LEAST} and {@value #MOST}
 * bytes, and memory is taken for whole blocks. Thread-safe: a client may leave while a
 * piece arrives.
 */
final class BodyCollector {

	/** What the second block holds at least, bytes. */
	private static final int LEAST = 1024;

	/** What a block holds at most, unless it came as one piece. */
	private static final int MOST = 64 * 1024;

	/** All full but the last. */
	private final List<byte[]> blocks = new ArrayList<>();

	private final int limit;

	private final HeldMemory.Claim claim;

	private byte[] last = new byte[0];

	/** How much of the last block is taken. */
	private int filled;

	private int length;

	private boolean abandoned;

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
	 * Adds bytes, unless nobody wants them any more.
	 * @param part the bytes
	 * @throws LimitExceeded if they are too many
	 * @throws MemoryExceeded if there is no memory for them
	 */
	synchronized void add(byte[] part) {
		if (this.abandoned) {
			return;
		}
		if (part.length > this.limit - this.length) {
			throw new LimitExceeded();
		}
		int fitting = Math.min(part.length, this.last.length - this.filled);
		System.arraycopy(part, 0, this.last, this.filled, fitting);
		this.filled += fitting;
		this.length += fitting;
		if (fitting < part.length) {
			begin((fitting == 0) ? part : Arrays.copyOfRange(part, fitting, part.length));
		}
	}

	/** A piece that is a block by itself is taken as it is. */
	private void begin(byte[] first) {
		int size = Math.max(first.length, nextSize());
		if (!this.claim.grow(size)) {
			throw new MemoryExceeded();
		}
		this.last = (size == first.length) ? first : Arrays.copyOf(first, size);
		this.filled = first.length;
		this.length += first.length;
		this.blocks.add(this.last);
	}

	/** A small body is not to count as a large one before it is one. */
	private int nextSize() {
		if (this.length == 0) {
			return 0;
		}
		int most = (this.length < HeldMemory.SMALL) ? HeldMemory.SMALL : this.limit;
		return Math.min(Math.clamp(this.length, LEAST, MOST), Math.min(most, this.limit) - this.length);
	}

	synchronized HeldBytes held() {
		int free = this.last.length - this.filled;
		if (free > 0) {
			this.blocks.set(this.blocks.size() - 1, Arrays.copyOf(this.last, this.filled));
			this.claim.shrink(free);
		}
		return new HeldBytes(this.blocks, this.claim::release);
	}

	/** Lets go of what was collected. */
	synchronized void abandon() {
		this.abandoned = true;
		this.last = new byte[0];
		this.filled = 0;
		this.blocks.clear();
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
