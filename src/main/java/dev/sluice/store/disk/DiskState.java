package dev.sluice.store.disk;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the store's disk does: what failed, how often, and whether it may be tried again.
 * The next blob that is kept shows that it works. Each failure is logged, and a disk that
 * has failed rests for a while, so that it isn't hammered. Thread-safe; never blocks.
 */
public final class DiskState {

	private static final Logger LOG = LoggerFactory.getLogger(DiskState.class);

	/** How long a disk isn't tried once it has failed. */
	static final Duration REST = Duration.ofSeconds(10);

	private final String place;

	private final Clock clock;

	private final LongSupplier nanos;

	private final Map<DiskFault, LongAdder> counts = new EnumMap<>(DiskFault.class);

	private volatile @Nullable Failure last;

	/**
	 * A disk of which nothing is known yet.
	 * @param directory the store's directory on it
	 */
	public DiskState(StoreDirectory directory) {
		this(directory.toString(), Clock.systemUTC(), System::nanoTime);
	}

	DiskState(String place, Clock clock, LongSupplier nanos) {
		this.place = place;
		this.clock = clock;
		this.nanos = nanos;
		for (DiskFault fault : DiskFault.values()) {
			this.counts.put(fault, new LongAdder());
		}
	}

	/**
	 * It failed, unless it was only that its thread was told to end.
	 * @param what what couldn't be done, such as {@code can't keep sha256:…}
	 * @param cause why
	 */
	public void failed(String what, IOException cause) {
		if (cause instanceof ClosedByInterruptException) {
			return;
		}
		DiskFault fault = DiskFault.of(cause);
		counted(fault).increment();
		String message = "the store " + this.place + " " + what + ": " + DiskFault.reason(cause) + "; "
				+ fault.advice();
		this.last = new Failure(fault, message, this.clock.instant(), this.nanos.getAsLong());
		LOG.warn(message);
	}

	/** A blob was kept. */
	public void works() {
		this.last = null;
	}

	/**
	 * Whether it failed a moment ago, and is to be let alone.
	 * @return whether to go past it
	 */
	public boolean isResting() {
		Failure failure = this.last;
		return failure != null && this.nanos.getAsLong() - failure.nanos() < REST.toNanos();
	}

	/**
	 * What failed last, unless a blob was kept since.
	 * @return the failure; empty if the disk works, as far as is known
	 */
	public Optional<Failure> failure() {
		return Optional.ofNullable(this.last);
	}

	/**
	 * How often it failed since the start.
	 * @param fault in which way
	 * @return the count
	 */
	public long count(DiskFault fault) {
		return counted(fault).sum();
	}

	private LongAdder counted(DiskFault fault) {
		return Objects.requireNonNull(this.counts.get(fault));
	}

	/**
	 * How often it failed since the start, in whatever way.
	 * @return the count
	 */
	public long count() {
		return this.counts.values().stream().mapToLong(LongAdder::sum).sum();
	}

	/**
	 * A failure.
	 *
	 * @param fault in which way
	 * @param message what couldn't be done, why, and what to do
	 * @param time when, by the wall clock
	 * @param nanos when, by the ticker that measures its rest
	 */
	public record Failure(DiskFault fault, String message, Instant time, long nanos) {
	}

}
