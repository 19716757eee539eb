package dev.sluice.diagnose;

import java.util.regex.Pattern;

/**
 * An image's name that is spread over values: its registry, its repository or its tag
 * stands in one of its own.
 */
final class SpreadName {

	/** As in charts' values, of kustomize, Terraform, Argo CD and Flux. */
	private static final Pattern PARTS = key(
			"(?:registry|imageRegistry|repository|tag|imageTag|digest|newName|newTag|chart|semver)");

	/** What such values are called elsewhere, and others too: {@code CI_REGISTRY}. */
	private static final String CALLED = "(?i:(?:[a-z0-9]{1,40}+[_.-]){0,3}(?:image)?+(?:%s))";

	private static final Pattern REGISTRY = key(CALLED.formatted("registry|registry_?url|hub|repository"));

	private static final Pattern VERSION = key(CALLED.formatted("tag|version|digest"));

	private SpreadName() {
	}

	private static Pattern key(String name) {
		return Pattern.compile("(?m)(?:^[ \\t-]*+|[{,.][ \\t]*+|[\"'])" + name
				+ "[\"']?+[ \\t]{0,40}+(?:=>?+|:(?=[ \\t\"']))[ \\t]{0,40}+[^\\s{\\[]|(?<!unknown)[ \\t]" + name + "=");
	}

	/**
	 * Whether a name is spread over values.
	 * @param text what was pasted
	 * @return whether there are such
	 */
	static boolean isIn(String text) {
		return PARTS.matcher(text).find();
	}

	/**
	 * Whether what a name lacks stands elsewhere.
	 * @param text what was pasted
	 * @param image an image that it names
	 * @return whether a value may be its registry or its tag
	 */
	static boolean isIn(String text, String image) {
		return (!ImageWord.hasHost(PastedLogin.removed(image)) && REGISTRY.matcher(text).find())
				|| (!ImageWord.isTagged(PastedLogin.removed(image)) && VERSION.matcher(text).find());
	}

}
