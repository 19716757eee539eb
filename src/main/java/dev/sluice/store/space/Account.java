package dev.sluice.store.space;

import java.util.OptionalLong;
import java.util.function.LongSupplier;

import dev.sluice.oci.Digest;
import dev.sluice.store.disk.BlobLedger;
import dev.sluice.store.disk.Shard;
import org.jspecify.annotations.Nullable;

/**
 * Counts what the store takes on disk, and what it has promised to blobs that come in.
 * All numbers are bytes in whole blocks. Thread-safe; nothing but {@link #measure}
 * blocks.
 */
final class Account implements BlobLedger {

	private final SpaceLimits limits;

	private final FreeDisk disk;

	private final ShardCounts shards = new ShardCounts();

	/** What the last process left, and what changed since: until a walk has ended. */
	private OptionalLong kept;

	private boolean walked;

	private long lingering;

	private long promised;

	/** Of what is promised. */
	private long unwritten;

	/** What may still be promised, for all that the file system has. */
	private long free;

	/**
	 * An account.
	 * @param limits the bounds
	 * @param usable what the file system has left
	 * @param kept what is held; empty if a walk is to say
	 */
	Account(SpaceLimits limits, LongSupplier usable, OptionalLong kept) {
		this.limits = limits;
		this.disk = new FreeDisk(usable);
		this.kept = kept;
	}

	/** Asks the file system what it has left, unless it has said so just now. */
	void measure() {
		synchronized (this.disk) {
			this.disk.measure().ifPresent(this::measured);
		}
	}

	private synchronized void measured(long usable) {
		this.free = usable - this.limits.minFreeDisk() - this.unwritten;
	}

	/**
	 * Promises room.
	 * @return whether there is some
	 */
	synchronized boolean take(long bytes) {
		if (shortage(bytes) != null) {
			return false;
		}
		this.promised += bytes;
		this.unwritten += bytes;
		this.free -= bytes;
		return true;
	}

	/** Some of what was promised is on the disk now. */
	synchronized void wrote(long bytes) {
		this.unwritten -= bytes;
	}

	/** Some of what was promised isn't used. */
	synchronized void giveBack(long bytes) {
		this.unwritten -= bytes;
		this.promised -= bytes;
		this.free += bytes;
	}

	/** What was written has become a blob. */
	synchronized void kept(long bytes) {
		this.promised -= bytes;
	}

	/** What was written is gone. */
	synchronized void discarded(long bytes) {
		this.promised -= bytes;
		this.free += bytes;
	}

	@Override
	public synchronized void changing(Digest digest) {
		this.shards.changing(Shard.of(digest));
	}

	@Override
	public synchronized void changed(Digest digest, long bytes) {
		this.shards.changed(Shard.of(digest), bytes);
		if (this.kept.isPresent()) {
			this.kept = OptionalLong.of(this.kept.getAsLong() + bytes);
		}
		this.free += Math.max(0, -bytes);
	}

	@Override
	public synchronized void lingering(long bytes) {
		this.lingering += bytes;
		this.free -= bytes;
	}

	@Override
	public synchronized void gone(long bytes) {
		this.lingering -= bytes;
		this.free += bytes;
	}

	/** A walk begins to count a shard. */
	synchronized int changes(Shard shard) {
		return this.shards.changes(shard);
	}

	/**
	 * A walk has counted it.
	 * @param changes what {@link #changes} said before
	 * @return whether the count holds; otherwise it is to be counted again
	 */
	synchronized boolean count(Shard shard, int changes, long counted) {
		boolean holds = this.shards.isAsBefore(shard, changes);
		if (holds) {
			this.shards.set(shard, counted);
		}
		return holds;
	}

	/** A walk can't do better. */
	synchronized void countRoughly(Shard shard, long counted) {
		this.shards.set(shard, counted);
	}

	/** A walk has ended. */
	synchronized void walked() {
		this.walked = true;
		this.kept = OptionalLong.empty();
	}

	/** Whether it is known how much is held. */
	synchronized boolean isKnown() {
		return this.walked || this.kept.isPresent();
	}

	/** What lies under names. */
	synchronized long held() {
		return Math.max(0, this.kept.orElseGet(this.shards::sum));
	}

	/** What blobs have been promised that come in, written or not. */
	synchronized long promised() {
		return this.promised;
	}

	/** All that is taken. */
	synchronized long total() {
		return held() + this.lingering + this.promised;
	}

	/**
	 * What stands in the way of more.
	 * @return nothing if there is room
	 */
	synchronized @Nullable Shortage shortage(long bytes) {
		if (!isKnown()) {
			return new Shortage(Shortage.Bound.NOT_COUNTED, Long.MAX_VALUE);
		}
		long bySize = bytes - (this.limits.maxSize() - total());
		long byDisk = bytes - this.free;
		if (Math.max(bySize, byDisk) <= 0) {
			return null;
		}
		return (bySize >= byDisk) ? new Shortage(Shortage.Bound.MAX_SIZE, bySize)
				: new Shortage(Shortage.Bound.MIN_FREE_DISK, byDisk);
	}

}
