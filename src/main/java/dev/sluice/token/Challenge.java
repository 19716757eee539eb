package dev.sluice.token;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One challenge of a {@code WWW-Authenticate} header (RFC 9110, 11.6.1). Immutable;
 * printing one shows its scheme alone, since a realm's query may be secret.
 *
 * @param scheme the scheme, lower case
 * @param parameters its parameters; their names' case doesn't matter. A {@code token68}
 * is read over
 */
public record Challenge(String scheme, Map<String, String> parameters) {

	public Challenge {
		scheme = scheme.toLowerCase(Locale.ROOT);
		Map<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		copy.putAll(parameters);
		parameters = Collections.unmodifiableMap(copy);
	}

	/**
	 * Reads all challenges of an answer, whether they share a header line or not.
	 * @param lines the values of all {@code WWW-Authenticate} lines
	 * @return what was readable, in order, {@value ChallengeParser#MOST} at most of
	 * {@value ChallengeParser#MOST_PARAMETERS} parameters each; garbage is read over and
	 * never throws
	 */
	public static List<Challenge> parse(List<String> lines) {
		return ChallengeParser.parse(lines);
	}

	/**
	 * Whether it names this error (RFC 6750, 3.1).
	 * @param error the error's code
	 * @return whether that is its {@code error}
	 */
	boolean isOf(String error) {
		return parameter("error").filter(error::equals).isPresent();
	}

	/**
	 * One of its parameters.
	 * @param name the name, in any case
	 * @return its value, or empty if it isn't there
	 */
	public Optional<String> parameter(String name) {
		return Optional.ofNullable(this.parameters.get(name));
	}

	/**
	 * The same for people to read.
	 * @param secrets what isn't shown
	 * @return a challenge in which {@value SentSecrets#REDACTED} stands for each word
	 * that repeats one
	 */
	public Challenge redacted(SentSecrets secrets) {
		Map<String, String> shown = new TreeMap<>(this.parameters);
		shown.replaceAll((_, value) -> secrets.redactedIn(value));
		return new Challenge(secrets.redactedIn(this.scheme), shown);
	}

	@Override
	public String toString() {
		return "Challenge[" + this.scheme + "]";
	}

}
