package dev.sluice.token;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What was sent to a registry or a token server to say who we are. Nothing that comes
 * back with one of these in it, body or header, is repeated to anybody, not even a part:
 * a half secret is one too. It is known again as it is, in Base64 and percent-encoded, in
 * small letters and large. Immutable; printing it shows nothing.
 *
 * @param texts what is looked for, in small letters, none empty
 */
public record SentSecrets(List<String> texts) {

	/** Nobody asked. */
	public static final SentSecrets NONE = new SentSecrets(List.of());

	/** What stands in a message where one was. */
	public static final String REDACTED = "[redacted]";

	/** From here on a text of letters or digits alone counts as a secret. */
	static final int LONGER_THAN_WORDS = 8;

	/** Less in Base64 stands in any signature by chance. */
	private static final int SHORTEST_IN_BASE64 = 4;

	public SentSecrets {
		texts = List.copyOf(texts);
	}

	/**
	 * Makes them known.
	 * @param secrets the secrets as they are; empty ones count for nothing
	 * @return all the forms that they are known by
	 */
	public static SentSecrets of(Collection<String> secrets) {
		return new SentSecrets(secrets.stream()
			.filter((secret) -> !secret.isEmpty())
			.flatMap(SentSecrets::forms)
			.map((form) -> form.toLowerCase(Locale.ROOT))
			.distinct()
			.toList());
	}

	private static Stream<String> forms(String secret) {
		byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
		return (bytes.length < SHORTEST_IN_BASE64) ? Stream.of(secret)
				: Stream.of(secret, Base64.getEncoder().withoutPadding().encodeToString(bytes),
						Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
	}

	/**
	 * These and others.
	 * @param others the others
	 * @return all of them
	 */
	public SentSecrets and(SentSecrets others) {
		if (others.texts.isEmpty()) {
			return this;
		}
		return new SentSecrets(Stream.concat(this.texts.stream(), others.texts.stream()).distinct().toList());
	}

	/**
	 * Whether a text repeats one of them.
	 * @param text somebody else's words, as they came
	 * @return whether any is in it
	 */
	public boolean areIn(String text) {
		return !in(text).texts.isEmpty();
	}

	/**
	 * Whether a header repeats one of them. A short word or number ({@code docker},
	 * {@code data}, {@code 1234}) doesn't count: it stands in types, lengths and
	 * locations by itself, and pulls would fail.
	 * @param line somebody else's header, as it came
	 * @return whether any that is longer, or no mere word, is in it
	 */
	public boolean areInHeader(String line) {
		return in(line).texts.stream().anyMatch((text) -> !isWord(text));
	}

	/**
	 * Those that a text repeats, in time linear in its length.
	 * @param text somebody else's words, as they came
	 * @return what is in it of these
	 */
	SentSecrets in(String text) {
		if (this.texts.isEmpty()) {
			return this;
		}
		List<String> readings = Readings.of(text);
		return new SentSecrets(
				this.texts.stream().filter((it) -> readings.stream().anyMatch((read) -> read.contains(it))).toList());
	}

	/**
	 * What is shown of somebody else's words.
	 * @param text the words, as they came
	 * @return the same, unless they repeat one of these
	 */
	public String redactedIn(String text) {
		return areIn(text) ? REDACTED : text;
	}

	/**
	 * What is shown of a message of ours, into which a registry's words may have got: it
	 * may have been asked as somebody else before.
	 * @param message the message
	 * @return the same, unless it holds one of these that is more than letters or digits
	 * alone, such as stand in our own words
	 */
	public String redactedInOurs(String message) {
		boolean told = in(message).texts.stream().anyMatch((text) -> !isPlain(text));
		return told ? REDACTED + " (what was said repeats a secret that the registry was sent)" : message;
	}

	private static boolean isWord(String text) {
		return text.length() < LONGER_THAN_WORDS && isPlain(text);
	}

	private static boolean isPlain(String text) {
		return text.chars().allMatch(Character::isLetter) || text.chars().allMatch(Character::isDigit);
	}

	@Override
	public String toString() {
		return REDACTED;
	}

}
