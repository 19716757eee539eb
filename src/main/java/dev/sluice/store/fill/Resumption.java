package dev.sluice.store.fill;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How often a fill whose upstream breaks off goes on: at once, then after ever longer
 * pauses, and not for ever. What came meanwhile begins the count anew if it is worth a
 * request: an upstream that gives a byte at a time would be asked for ever, without a
 * pause. Of one fill's thread.
 */
final class Resumption {

	private static final List<Duration> PAUSES = List.of(Duration.ZERO, Duration.ofMillis(250), Duration.ofSeconds(1),
			Duration.ofSeconds(3), Duration.ofSeconds(8));

	/** Bytes that are worth a request. */
	private static final long PROGRESS = 64 * 1024;

	private long reached;

	private int inVain;

	/**
	 * Whether to ask once more.
	 * @param written how many bytes there are by now
	 * @return how long to wait before; empty to give up
	 */
	Optional<Duration> next(long written) {
		if (written - this.reached >= PROGRESS) {
			this.reached = written;
			this.inVain = 0;
		}
		return (this.inVain < PAUSES.size()) ? Optional.of(PAUSES.get(this.inVain++)) : Optional.empty();
	}

}
