package dev.sluice.credential;

import java.util.List;

/**
 * How a credential source is. Immutable; holds no secret.
 *
 * @param source the source in words
 * @param registries how many registries it names
 * @param problems what is wrong, one sentence each; empty when all is well
 */
public record SourceState(String source, int registries, List<String> problems) {

	public SourceState {
		problems = List.copyOf(problems);
	}

	public boolean isSound() {
		return this.problems.isEmpty();
	}

}
