package dev.sluice.credential.helper;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.sluice.oci.Printable;

/**
 * What a helper that failed says about it, fit for a log. Helpers write that on their
 * standard output (docker-credential-helpers, {@code credentials.Serve}), where a secret
 * would stand as well: nothing is told of what may be an answer or a mere secret, nor of
 * words that are as long as tokens. Immutable.
 */
final class SpokenWords {

	/**
	 * What helpers say that aren't set up for this user: there is no store, no service
	 * that would have one, no program that they need, nobody who is logged in.
	 */
	private static final List<String> NOT_SET_UP = List.of("pass not initialized", "pass store is uninitialized",
			"password store is empty", "not provided by any .service files", "cannot autolaunch d-bus",
			"cannot spawn a message bus", "executable file not found in $path",
			"do not currently have an active account selected", "could not find default credentials");

	private static final int LINES = 5;

	private static final int LONGEST_WORD = 32;

	private final String stdout;

	private final String stderr;

	SpokenWords(HelperRun.Result result) {
		this.stdout = words(result.stdout());
		this.stderr = words(result.stderr());
	}

	/**
	 * Whether it says that it isn't set up for the user that Sluice runs as.
	 * @return the words that say so, or empty if they say something else
	 */
	Optional<String> notSetUp() {
		return Stream.of(this.stdout, this.stderr)
			.filter((text) -> NOT_SET_UP.stream().anyMatch(text.toLowerCase(Locale.ROOT)::contains))
			.map(SpokenWords::told)
			.findFirst();
	}

	/**
	 * The words on standard output, as the rest of a sentence.
	 * @return empty if there are none that may be told
	 */
	String saying() {
		boolean secret = this.stdout.indexOf('{') >= 0 || this.stdout.indexOf(' ') < 0;
		return secret ? "" : ", saying: " + told(this.stdout);
	}

	private static String words(String text) {
		return text.lines()
			.map(String::strip)
			.filter((line) -> !line.isEmpty())
			.limit(LINES)
			.collect(Collectors.joining(" "));
	}

	private static String told(String text) {
		return Printable
			.of(Stream.of(text.split(" ", -1)).map(SpokenWords::shortened).collect(Collectors.joining(" ")));
	}

	/** Passwords and tokens have neither a scheme nor a root. */
	private static String shortened(String word) {
		boolean place = word.startsWith("/") || word.contains("://");
		return (word.length() > LONGEST_WORD && !place) ? "…" : word;
	}

}
