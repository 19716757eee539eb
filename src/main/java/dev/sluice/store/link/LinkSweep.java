package dev.sluice.store.link;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicLong;

import dev.sluice.store.disk.SmallFiles;

/**
 * Removes links that nobody needs: those that were confirmed too long ago, and the oldest
 * where there are too many. Holds a number for each that is left. Not thread-safe.
 */
final class LinkSweep {

	private final SmallFiles files;

	private final int most;

	private final Duration age;

	/** When the youngest were written, the oldest of them first. */
	private final PriorityQueue<Long> written = new PriorityQueue<>();

	/**
	 * A sweep, to be made once.
	 * @param files the links
	 * @param most how many are left
	 * @param age how old they may be
	 */
	LinkSweep(SmallFiles files, int most, Duration age) {
		this.files = files;
		this.most = most;
		this.age = age;
	}

	/**
	 * Sweeps. Blocks as long as it takes to look at each twice.
	 * @param now the time; what was written after it is as good as new
	 * @return how many are left
	 * @throws IOException if the disk fails
	 */
	int sweep(Instant now) throws IOException {
		long tooOld = now.minus(this.age).toEpochMilli();
		this.files.each((file) -> {
			if (file.written() < tooOld) {
				this.files.remove(file.name());
				return;
			}
			this.written.add(file.written());
			if (this.written.size() > this.most) {
				this.written.remove();
			}
		});
		if (this.written.size() == this.most) {
			removeOlderOnes();
		}
		return this.written.size();
	}

	/** Of those that were written with the oldest that is left, as many stay as may. */
	private void removeOlderOnes() throws IOException {
		long oldest = this.written.stream().mapToLong(Long::longValue).min().orElse(Long.MIN_VALUE);
		AtomicLong ties = new AtomicLong(this.written.stream().filter((it) -> it == oldest).count());
		this.files.each((file) -> {
			if (file.written() < oldest || (file.written() == oldest && ties.decrementAndGet() < 0)) {
				this.files.remove(file.name());
			}
		});
	}

}
