package dev.sluice.transport;

import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

/**
 * The memory for bodies that are held as a whole (manifests, tokens, errors), until the
 * client has them. All upstreams share a quarter of the memory that the JVM may use, and
 * one holds a quarter of that at most, so that a bad one starves no other. Bodies up to
 * {@value #SMALL} bytes have an eighth of the JVM's memory besides, of which one upstream
 * holds half at most: what clients ask for all day goes on while large ones are refused.
 * Thread-safe.
 */
public final class HeldMemory {

	/** What counts as a small body, bytes at most. */
	static final int SMALL = 64 * 1024;

	private final Pool large;

	private final Pool small;

	/**
	 * A budget.
	 * @param jvm the memory that it is a part of, bytes
	 */
	HeldMemory(long jvm) {
		this.large = new Pool(null, jvm / 4);
		this.small = new Pool(null, jvm / 8);
	}

	/**
	 * The budget of a process.
	 * @return a new one
	 */
	public static HeldMemory ofJvm() {
		return new HeldMemory(Runtime.getRuntime().maxMemory());
	}

	/**
	 * One upstream's share.
	 * @return a new one
	 */
	Share share() {
		return new Share(new Pool(this.large, this.large.limit / 4), new Pool(this.small, this.small.limit / 2));
	}

	/**
	 * What is held by now.
	 * @return bytes, over all upstreams
	 */
	public long used() {
		return this.large.used.get() + this.small.used.get();
	}

	/**
	 * What one upstream may hold. Thread-safe.
	 *
	 * @param large for bodies of any size
	 * @param small for small ones, before they take of the other
	 */
	record Share(Pool large, Pool small) {

		Claim claim() {
			return new Claim(this);
		}

		/**
		 * How much is held for this upstream.
		 * @return bytes
		 */
		long used() {
			return this.large.used.get() + this.small.used.get();
		}

	}

	/** What one body takes. Thread-safe. */
	static final class Claim {

		private final Share share;

		private long size;

		private Pool pool;

		private boolean over;

		private Claim(Share share) {
			this.share = share;
			this.pool = share.small();
		}

		/**
		 * Takes memory for further bytes.
		 * @param bytes how many
		 * @return whether there was as much; nothing is taken if not
		 */
		synchronized boolean grow(int bytes) {
			boolean taken = !this.over && (takeWhereItIs(bytes) || moveToLarge(this.size + bytes));
			this.size += taken ? bytes : 0;
			return taken;
		}

		private boolean takeWhereItIs(int bytes) {
			boolean tooLarge = this.pool == this.share.small() && this.size + bytes > SMALL;
			return !tooLarge && this.pool.take(bytes);
		}

		private boolean moveToLarge(long whole) {
			if (this.pool == this.share.large() || !this.share.large().take(whole)) {
				return false;
			}
			this.pool.give(this.size);
			this.pool = this.share.large();
			return true;
		}

		/**
		 * Gives back memory that turned out not to be needed.
		 * @param bytes how many, no more than were taken
		 */
		synchronized void shrink(int bytes) {
			if (!this.over) {
				this.pool.give(bytes);
				this.size -= bytes;
			}
		}

		/** Gives all of it back; nothing is taken after. */
		synchronized void release() {
			this.pool.give(this.size);
			this.size = 0;
			this.over = true;
		}

	}

	/** Counts up to a limit, within another count. Thread-safe. */
	static final class Pool {

		private final @Nullable Pool whole;

		private final long limit;

		private final AtomicLong used = new AtomicLong();

		private Pool(@Nullable Pool whole, long limit) {
			this.whole = whole;
			this.limit = limit;
		}

		private boolean take(long bytes) {
			if (this.used.addAndGet(bytes) > this.limit) {
				this.used.addAndGet(-bytes);
				return false;
			}
			if (this.whole != null && !this.whole.take(bytes)) {
				this.used.addAndGet(-bytes);
				return false;
			}
			return true;
		}

		private void give(long bytes) {
			this.used.addAndGet(-bytes);
			if (this.whole != null) {
				this.whole.give(bytes);
			}
		}

	}

}
