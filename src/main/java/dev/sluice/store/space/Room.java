package dev.sluice.store.space;

import dev.sluice.oci.Digest;
import dev.sluice.store.disk.Blocks;

/**
 * What one blob that comes in may take on the disk. Of its fill's thread, but for
 * {@link #gone}.
 */
public final class Room {

	private final Space space;

	private final Account account;

	private long taken;

	private long written;

	Room(Space space, Account account) {
		this.space = space;
		this.account = account;
	}

	/**
	 * Takes room for a blob of a known length. Blocks while others are dropped for it.
	 * @param length bytes
	 * @throws NoRoomException if there is none
	 */
	public void take(long length) {
		long more = Blocks.of(this.space.allowed(length)) - this.taken;
		if (more > 0) {
			this.space.take(more);
			this.taken += more;
		}
	}

	/**
	 * Takes room for a blob that grows, and some for what follows. Blocks while others
	 * are dropped for it.
	 * @param length bytes it is about to have
	 * @throws NoRoomException if there is none
	 */
	public void grow(long length) {
		if (this.taken > 0 && Blocks.of(length) <= this.taken) {
			return;
		}
		try {
			take(length + this.space.step());
		}
		catch (NoRoomException _) {
			take(Math.max(1, length));
		}
	}

	/**
	 * What was taken is used.
	 * @param length bytes that are written by now
	 */
	public void wrote(long length) {
		long more = Blocks.of(length) - this.written;
		if (more > 0) {
			this.account.wrote(more);
			this.written += more;
		}
	}

	/**
	 * The blob is kept; what it takes is no longer this room's.
	 * @param digest its digest
	 */
	public void kept(Digest digest) {
		giveBackUnused();
		this.account.kept(this.written);
		this.taken = 0;
		this.written = 0;
		this.space.kept(digest);
	}

	/** No more will be written. */
	public void giveBackUnused() {
		this.account.giveBack(this.taken - this.written);
		this.taken = this.written;
	}

	/** Its file is gone, if it wasn't kept. Doesn't block; once the fill has ended. */
	public void gone() {
		giveBackUnused();
		this.account.discarded(this.written);
		this.taken = 0;
		this.written = 0;
	}

}
