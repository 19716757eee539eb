package dev.sluice.diagnose;

import java.util.List;

/**
 * How a pull of one image goes, step by step. Immutable; holds no secret.
 *
 * @param image the image as it was named
 * @param steps what was decided and answered, in order
 * @param summary the same in short
 */
public record Explanation(String image, List<Step> steps, Check summary) {

	public Explanation {
		steps = List.copyOf(steps);
	}

	public boolean isGood() {
		return this.summary.isGood();
	}

}
