package dev.sluice.diagnose;

import java.util.List;

/**
 * What the doctor found. Immutable; holds no secret.
 *
 * @param checks one for each registry and login, then one for each image
 * @param problems what is wrong with the places that credentials are kept in, one
 * sentence each
 */
public record Checkup(List<Check> checks, List<String> problems) {

	public Checkup {
		checks = List.copyOf(checks);
		problems = List.copyOf(problems);
	}

	public boolean isGood() {
		return this.problems.isEmpty() && this.checks.stream().allMatch(Check::isGood);
	}

}
