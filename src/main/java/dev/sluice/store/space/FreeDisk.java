package dev.sluice.store.space;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What the file system has left, asked for once a second at most. Not thread-safe; blocks
 * as the file system does.
 */
final class FreeDisk {

	private static final long EVERY = TimeUnit.SECONDS.toNanos(1);

	private final LongSupplier usable;

	private long due = System.nanoTime();

	FreeDisk(LongSupplier usable) {
		this.usable = usable;
	}

	/** Asks, if it is time. */
	OptionalLong measure() {
		long now = System.nanoTime();
		if (now - this.due < 0) {
			return OptionalLong.empty();
		}
		this.due = now + EVERY;
		return OptionalLong.of(this.usable.getAsLong());
	}

}
