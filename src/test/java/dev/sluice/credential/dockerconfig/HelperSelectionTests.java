package dev.sluice.credential.dockerconfig;

import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HelperSelectionTests {

	@Test
	void cutsALongListOfWhatAHelperKeeps() {
		TreeSet<String> subjects = IntStream.range(0, 30)
			.mapToObj("r%02d.example"::formatted)
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(HelperSelection.problem("pass", subjects)).contains("r09.example and 20 more, and Sluice")
			.doesNotContain("r10.example");
	}

}
