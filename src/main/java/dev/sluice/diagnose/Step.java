package dev.sluice.diagnose;

/**
 * One step of a pull. Immutable; holds no secret.
 *
 * @param name what kind of step
 * @param level how it went
 * @param text what was decided or answered, and why
 */
public record Step(String name, Level level, String text) {

	static Step of(String name, Finding finding) {
		return new Step(name, finding.level(), finding.text());
	}

}
