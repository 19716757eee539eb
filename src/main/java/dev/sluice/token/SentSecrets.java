package dev.sluice.token;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * What was sent to a registry or a token server to say who we are, in the forms it was
 * sent in. Nothing that comes back with one of these in it, body or header, is repeated
 * to anybody, not even a part: a half secret is one too. Immutable; printing it shows
 * nothing.
 *
 * @param texts the secrets, none empty
 */
public record SentSecrets(List<String> texts) {

	/** Nobody asked. */
	public static final SentSecrets NONE = new SentSecrets(List.of());

	private static final int LONGER_THAN_WORDS = 8;

	/** What stands in a message where one was. */
	public static final String REDACTED = "[redacted]";

	/**
	 * Makes them known.
	 * @param texts the secrets; empty ones count for nothing
	 */
	public SentSecrets {
		texts = texts.stream()
			.filter((text) -> !text.isEmpty())
			.flatMap((text) -> Stream.of(text, URLEncoder.encode(text, StandardCharsets.UTF_8)))
			.distinct()
			.toList();
	}

	/**
	 * Whether a text repeats one of them.
	 * @param text somebody else's words, as they came
	 * @return whether any is in it
	 */
	public boolean areIn(String text) {
		return this.texts.stream().anyMatch(text::contains);
	}

	/**
	 * Whether a header repeats one of them. What is no more than a short word or number
	 * ({@code docker}, {@code data}, {@code 1234}) stands in types, lengths and locations
	 * by itself, and pulls would fail by it.
	 * @param line somebody else's header, as it came
	 * @return whether any that is longer, or no mere word, is in it
	 */
	public boolean areInHeader(String line) {
		return this.texts.stream().filter((text) -> !isWord(text)).anyMatch(line::contains);
	}

	private static boolean isWord(String text) {
		return text.length() < LONGER_THAN_WORDS
				&& (text.chars().allMatch(Character::isLetter) || text.chars().allMatch(Character::isDigit));
	}

	@Override
	public String toString() {
		return REDACTED;
	}

}
