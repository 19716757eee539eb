package dev.sluice.store.fill;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An upstream that breaks off is asked again, as long as that brings anything.
 */
class ResumptionTests {

	private static final int TRIES = 5;

	private static final long WORTH = 64 * 1024;

	private final Resumption resumption = new Resumption();

	@Test
	void givesUpWhereNothingComes() {
		for (int i = 0; i < TRIES; i++) {
			assertThat(this.resumption.next(0)).isPresent();
		}
		assertThat(this.resumption.next(0)).isEmpty();
	}

	@Test
	void goesOnAtOnceAfterWhatIsWorthARequest() {
		for (int i = 1; i < 10 * TRIES; i++) {
			assertThat(this.resumption.next(i * WORTH)).hasValueSatisfying((pause) -> assertThat(pause).isZero());
		}
	}

	@Test
	void givesUpWhereAByteComesAtATime() {
		for (int i = 0; i < TRIES; i++) {
			assertThat(this.resumption.next(i)).isPresent();
		}
		assertThat(this.resumption.next(TRIES)).isEmpty();
	}

}
