package dev.sluice.testing;

import java.util.regex.Pattern;

/**
 * The form of digests.
 */
final class Digests {

	private static final Pattern DIGEST = Pattern.compile("sha256:[a-f0-9]{64}|sha512:[a-f0-9]{128}");

	private Digests() {
	}

	static boolean valid(String digest) {
		return DIGEST.matcher(digest).matches();
	}

}
