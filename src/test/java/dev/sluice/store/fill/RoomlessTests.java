package dev.sluice.store.fill;

import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A blob for which there was no room is tried again, but not at once.
 */
class RoomlessTests {

	private final AtomicLong nanos = new AtomicLong();

	private final Roomless roomless = new Roomless(this.nanos::get);

	@Test
	void itIsForgottenAfterAMinute() {
		this.roomless.add(TestFills.DIGEST);
		this.nanos.addAndGet(Roomless.KEPT.toNanos() - 1);
		assertThat(this.roomless.contains(TestFills.DIGEST)).isTrue();
		this.nanos.addAndGet(1);
		assertThat(this.roomless.contains(TestFills.DIGEST)).isFalse();
	}

}
