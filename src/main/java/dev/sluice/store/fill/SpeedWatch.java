package dev.sluice.store.fill;

import java.time.Duration;

/**
 * Says whether an upstream is too slow, by what it gives while it is waited for: a slow
 * disk isn't its fault. One that stalls is noticed after one window at least and two at
 * most. Of one fill's thread.
 */
final class SpeedWatch {

	private final SpeedLimit limit;

	private long waited;

	private long given;

	SpeedWatch(SpeedLimit limit) {
		this.limit = limit;
	}

	/** It has just begun to answer. */
	void begin() {
		this.waited = 0;
		this.given = 0;
	}

	/**
	 * How long to wait for it at most before {@link #isTooSlow} is to be asked.
	 * @return what is left of the window, in nanoseconds
	 */
	long patience() {
		return Math.max(0, this.limit.window().toNanos() - this.waited);
	}

	/**
	 * It was waited for.
	 * @param nanos for how long
	 */
	void waited(long nanos) {
		this.waited += nanos;
	}

	/**
	 * It gave something.
	 * @param bytes how much
	 */
	void gave(long bytes) {
		this.given += bytes;
	}

	/** Whether it gave too little in a window that is over; another one begins then. */
	boolean isTooSlow() {
		if (patience() > 0) {
			return false;
		}
		boolean tooSlow = this.given < this.limit.bytesPerWindow();
		begin();
		return tooSlow;
	}

	/** What it falls short of, for a message. */
	@Override
	public String toString() {
		Duration window = this.limit.window();
		return this.limit.bytesPerWindow() + " bytes in "
				+ ((window.toMillisPart() == 0) ? window.toSeconds() + " s" : window.toMillis() + " ms");
	}

}
