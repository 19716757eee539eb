package dev.sluice.credential.kubernetes;

import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * A secret in force. Immutable.
 *
 * @param source the secret in words
 * @param fingerprint tells the content that was looked at last from another
 * @param secret the last good content
 * @param problem why the secret can't be used now, a sentence, or null if it can
 */
record HeldSecret(String source, String fingerprint, PullSecret secret, @Nullable String problem) {

	/**
	 * The same, while there is something wrong with it.
	 * @param seen tells what was looked at from other content
	 * @param cause what is wrong, as a sentence
	 * @return what is in force then
	 */
	HeldSecret unusable(String seen, String cause) {
		String consequence = this.secret.equals(PullSecret.NONE) ? "; it gives no credentials"
				: "; what was last read stays in force";
		return new HeldSecret(this.source, seen, this.secret, cause + consequence);
	}

	List<String> problems() {
		return Stream
			.concat(Stream.ofNullable(this.problem),
					this.secret.problems().stream().map((problem) -> this.source + ": " + problem))
			.toList();
	}

}
