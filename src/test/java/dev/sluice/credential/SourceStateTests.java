package dev.sluice.credential;

import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SourceStateTests {

	@Test
	void tellsAHundredProblemsAndCountsTheOthers() {
		assertThat(problems(SourceState.MOST)).hasSize(SourceState.MOST).containsOnly("x");
		assertThat(problems(SourceState.MOST + 5)).hasSize(SourceState.MOST + 1).endsWith("x", "5 more problems");
	}

	private static List<String> problems(int number) {
		return new SourceState("a file", 0, Collections.nCopies(number, "x")).problems();
	}

}
