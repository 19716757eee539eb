package dev.sluice.store.space;

import dev.sluice.store.disk.Shard;

/**
 * What the blobs of each shard take. A walk counts a shard anew while blobs come and go;
 * its count holds if none did in that shard meanwhile. Not thread-safe: its
 * {@link Account} guards it.
 */
final class ShardCounts {

	private final long[] bytes = new long[Shard.COUNT];

	private final int[] changes = new int[Shard.COUNT];

	private final int[] underWay = new int[Shard.COUNT];

	private long sum;

	/** A blob of the shard is about to come or go. */
	void changing(Shard shard) {
		this.underWay[shard.index()]++;
		this.changes[shard.index()]++;
	}

	/** It did. */
	void changed(Shard shard, long change) {
		this.underWay[shard.index()]--;
		this.changes[shard.index()]++;
		set(shard, this.bytes[shard.index()] + change);
	}

	/** Says later whether anything changed. */
	int changes(Shard shard) {
		return this.changes[shard.index()];
	}

	/** Whether nothing changed since, and nothing does now. */
	boolean isAsBefore(Shard shard, int changes) {
		return this.underWay[shard.index()] == 0 && changes(shard) == changes;
	}

	void set(Shard shard, long counted) {
		this.sum += counted - this.bytes[shard.index()];
		this.bytes[shard.index()] = counted;
	}

	long sum() {
		return this.sum;
	}

}
