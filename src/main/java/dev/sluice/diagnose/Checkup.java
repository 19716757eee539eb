package dev.sluice.diagnose;

import java.util.List;

/**
 * What the doctor found. Immutable; holds no secret.
 *
 * @param checks one for each registry and login, then one for each image
 */
public record Checkup(List<Check> checks) {

	public Checkup {
		checks = List.copyOf(checks);
	}

	public boolean isGood() {
		return this.checks.stream().allMatch(Check::isGood);
	}

}
