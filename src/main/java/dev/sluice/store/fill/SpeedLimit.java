package dev.sluice.store.fill;

import java.time.Duration;

/**
 * How slow an upstream may be before it counts as broken. Immutable.
 *
 * @param bytesPerSecond what it gives at least, on average over a window
 * @param window how long that is looked at: only the time counts that is spent waiting
 * for it
 */
public record SpeedLimit(long bytesPerSecond, Duration window) {

	/**
	 * Slower than any line that is of use, and as long as curl looks
	 * ({@code --speed-time}).
	 */
	public static final SpeedLimit DEFAULT = new SpeedLimit(1024, Duration.ofSeconds(30));

	/** What it gives at least in a window. */
	long bytesPerWindow() {
		return (long) (this.bytesPerSecond * (this.window.toNanos() / 1e9));
	}

}
