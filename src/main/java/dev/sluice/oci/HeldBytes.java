package dev.sluice.oci;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A body held in memory as a whole: a manifest, a token, an error. It counts towards a
 * budget until it is released, so whoever holds it releases it, once the client has it;
 * releasing in any case is right. Immutable but for that; thread-safe.
 */
public final class HeldBytes {

	private final List<byte[]> parts;

	private final int length;

	private final Runnable releasing;

	private final AtomicBoolean released = new AtomicBoolean();

	/**
	 * Takes a body in the parts in which it came: joining them would take its size once
	 * more.
	 * @param parts the parts in order, not to be changed any more
	 * @param releasing gives back what the body counts for; called once
	 */
	public HeldBytes(List<byte[]> parts, Runnable releasing) {
		this.parts = List.copyOf(parts);
		this.length = parts.stream().mapToInt((part) -> part.length).sum();
		this.releasing = releasing;
	}

	/**
	 * A body that counts for nothing.
	 * @param content the bytes, not to be changed any more
	 * @return the body
	 */
	public static HeldBytes of(byte[] content) {
		return new HeldBytes(List.of(content), () -> {
		});
	}

	/**
	 * The body's parts.
	 * @return the bytes in order, not to be changed
	 */
	public List<byte[]> parts() {
		return this.parts;
	}

	/**
	 * The body's length.
	 * @return bytes
	 */
	public int length() {
		return this.length;
	}

	/**
	 * The body's first bytes.
	 * @param count how many, no more than there are
	 * @return the bytes in order, for one reader
	 */
	public List<ByteBuffer> first(int count) {
		List<ByteBuffer> first = new ArrayList<>();
		int left = count;
		for (byte[] part : this.parts) {
			first.add(ByteBuffer.wrap(part, 0, Math.min(left, part.length)));
			left -= Math.min(left, part.length);
		}
		return first;
	}

	/**
	 * The body to be read through.
	 * @return a new stream that needs no closing
	 */
	public InputStream stream() {
		return new SequenceInputStream(
				Collections.enumeration(this.parts.stream().map(ByteArrayInputStream::new).toList()));
	}

	/**
	 * The body in one piece.
	 * @return a copy
	 */
	public byte[] toByteArray() {
		byte[] whole = new byte[this.length];
		int at = 0;
		for (byte[] part : this.parts) {
			System.arraycopy(part, 0, whole, at, part.length);
			at += part.length;
		}
		return whole;
	}

	/** Gives back what the body counts for. It may be used no more. */
	public void release() {
		if (this.released.compareAndSet(false, true)) {
			this.releasing.run();
		}
	}

}
