package dev.sluice.credential;

import java.util.List;
import java.util.stream.Stream;

/**
 * How a credential source is. Immutable; holds no secret, and {@value #MOST} problems at
 * most: whoever writes a file may write any number into it.
 *
 * @param source the source in words
 * @param registries how many registries it names
 * @param problems what is wrong, one sentence each; empty when all is well
 */
public record SourceState(String source, int registries, List<String> problems) {

	/** Problems that are told one by one. */
	static final int MOST = 100;

	public SourceState {
		problems = (problems.size() <= MOST) ? List.copyOf(problems)
				: Stream.concat(problems.stream().limit(MOST), Stream.of((problems.size() - MOST) + " more problems"))
					.toList();
	}

	public boolean isSound() {
		return this.problems.isEmpty();
	}

}
