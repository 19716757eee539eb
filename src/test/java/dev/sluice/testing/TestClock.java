package dev.sluice.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A clock that stands still until the test advances it. Thread-safe.
 */
public final class TestClock extends Clock {

	private final AtomicReference<Instant> now;

	private TestClock(Instant now) {
		this.now = new AtomicReference<>(now);
	}

	/** Stands at the current second. */
	public static TestClock now() {
		return new TestClock(Instant.ofEpochSecond(System.currentTimeMillis() / 1000));
	}

	/** Stands at an instant. */
	public static TestClock at(Instant instant) {
		return new TestClock(instant);
	}

	/** Moves it, forwards or (by a negative duration) back. */
	public void advance(Duration duration) {
		this.now.updateAndGet((instant) -> instant.plus(duration));
	}

	/** Sets it. */
	public void set(Instant instant) {
		this.now.set(instant);
	}

	@Override
	public Instant instant() {
		return this.now.get();
	}

	@Override
	public ZoneId getZone() {
		return ZoneOffset.UTC;
	}

	@Override
	public Clock withZone(ZoneId zone) {
		throw new UnsupportedOperationException("always UTC");
	}

}
