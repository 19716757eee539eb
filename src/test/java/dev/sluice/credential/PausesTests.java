package dev.sluice.credential;

import java.time.Duration;
import java.util.LongSummaryStatistics;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How the pauses between presentations grow, each a fifth shorter or longer by chance.
 */
class PausesTests {

	private final Pauses pauses = new Pauses();

	@ParameterizedTest
	@CsvSource({ "0, 15", "1, 30", "2, 60", "3, 120", "4, 240", "5, 480", "6, 600", "7, 600", "100, 600",
			"2147483647, 600" })
	void ofOneThatNeverWorkedDoubleUpToTenMinutes(int rejections, long seconds) {
		assertAbout(Duration.ofSeconds(seconds), this.pauses::after, rejections);
	}

	@ParameterizedTest
	@CsvSource({ "0, 2", "1, 5", "2, 20", "3, 50", "4, 120", "5, 240", "6, 480", "7, 600", "100, 600" })
	void ofOneThatWorkedAreShortAtFirstAndGrowAsLong(int rejections, long seconds) {
		assertAbout(Duration.ofSeconds(seconds), this.pauses::afterUse, rejections);
	}

	private static void assertAbout(Duration whole, IntFunction<Duration> pause, int rejections) {
		LongSummaryStatistics millis = IntStream.range(0, 2000)
			.mapToLong((_) -> pause.apply(rejections).toMillis())
			.summaryStatistics();
		assertThat(millis.getMin()).isBetween(whole.toMillis() * 80 / 100, whole.toMillis() * 85 / 100);
		assertThat(millis.getMax()).isBetween(whole.toMillis() * 115 / 100, whole.toMillis() * 120 / 100);
	}

}
