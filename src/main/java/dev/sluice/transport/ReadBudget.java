package dev.sluice.transport;

import java.util.concurrent.atomic.AtomicInteger;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator.ExtendedHandle;
import io.netty.util.UncheckedBooleanSupplier;

/**
 * How much a connection may read at once: large reads are fast, and many of them at once
 * run the process out of memory. All bodies under way share a sixteenth of the memory
 * that the JVM may use, each {@value #MOST} bytes at most and {@value #LEAST} at least. A
 * body in crumbs is read a few at a time: each costs its event loop as much as a large
 * piece does, and others wait. Thread-safe.
 */
final class ReadBudget implements RecvByteBufAllocator {

	/** Direct memory counts for the process, and so does this. */
	static final ReadBudget OF_PROCESS = new ReadBudget(Runtime.getRuntime().maxMemory() / 16);

	/** The most that is read at once, bytes. */
	static final int MOST = 512 * 1024;

	private static final int LEAST = 32 * 1024;

	/** Pieces of a body in one read from which on they count as crumbs. */
	private static final int CRUMBS = 128;

	private static final int OF_CRUMBS = 8 * 1024;

	private static final int SMALLEST_GUESS = 4096;

	private final long bytes;

	private final AtomicInteger bodies = new AtomicInteger();

	private final RecvByteBufAllocator adaptive = new AdaptiveRecvByteBufAllocator(SMALLEST_GUESS, LEAST, MOST)
		.maxMessagesPerRead(1);

	/**
	 * A budget.
	 * @param bytes what all bodies may read at once, together
	 */
	ReadBudget(long bytes) {
		this.bytes = bytes;
	}

	/** A body begins. */
	void enter() {
		this.bodies.incrementAndGet();
	}

	/** A body has ended. */
	void leave() {
		this.bodies.decrementAndGet();
	}

	/**
	 * Tells in how many pieces a connection's last read came. To be called on its event
	 * loop.
	 * @param channel the connection
	 * @param pieces how many
	 */
	static void cameInPieces(Channel channel, int pieces) {
		if (channel.unsafe().recvBufAllocHandle() instanceof SharingHandle handle) {
			handle.crumbled = pieces > CRUMBS;
		}
	}

	/**
	 * What each body may read at once by now.
	 * @return bytes, a power of two
	 */
	int share() {
		long share = this.bytes / Math.max(1, this.bodies.get());
		return Math.clamp(Long.highestOneBit(share), LEAST, MOST);
	}

	@Override
	@SuppressWarnings("deprecation") // Netty has no other way to bound a handle's guess
	public Handle newHandle() {
		return new SharingHandle((ExtendedHandle) this.adaptive.newHandle());
	}

	/**
	 * Guesses as the adaptive one does, up to the share. On the connection's event loop.
	 */
	@SuppressWarnings("deprecation")
	private final class SharingHandle extends DelegatingHandle implements ExtendedHandle {

		private final ExtendedHandle adaptive;

		private boolean crumbled;

		SharingHandle(ExtendedHandle adaptive) {
			super(adaptive);
			this.adaptive = adaptive;
		}

		@Override
		public int guess() {
			return Math.min(this.adaptive.guess(), this.crumbled ? OF_CRUMBS : share());
		}

		@Override
		public ByteBuf allocate(ByteBufAllocator allocator) {
			return allocator.ioBuffer(guess());
		}

		@Override
		public boolean continueReading(UncheckedBooleanSupplier maybeMore) {
			return this.adaptive.continueReading(maybeMore);
		}

	}

}
