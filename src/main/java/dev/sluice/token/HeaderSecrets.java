package dev.sluice.token;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.StringTokenizer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Which of the headers that a registry is sent hold a secret. A value is one, and so is
 * each part of it (behind {@code Bearer} or {@code session=}, and of {@code Basic} the
 * password), if it has eight characters or more, and
 * <ul>
 * <li>its header's name says so, such as {@code X-Api-Key}, {@code Private-Token} or
 * {@code Cookie}; or</li>
 * <li>it looks like one, whatever its header is called: twelve letters and digits or more
 * in a row, and both among them, or a UUID.</li>
 * </ul>
 * What else there is ({@code X-Env: production}, {@code X-Region: eu-central-1}, a host's
 * name) stands in answers by itself: taken for secrets, it would hide what people need to
 * read, and make pulls fail.
 */
public final class HeaderSecrets {

	private static final Pattern TELLING_NAME = Pattern.compile(
			".*(?:secret|passw|token|api-?key).*|.*(?:key|auth|authorization|cookie|credentials?|pass|pwd|session|signature)",
			Pattern.CASE_INSENSITIVE);

	private static final Pattern UUID = Pattern
		.compile("\\p{XDigit}{8}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{12}");

	private static final int SHORTEST = SentSecrets.LONGER_THAN_WORDS;

	private static final int LONG_RUN = 12;

	private static final String BASIC = "basic ";

	private HeaderSecrets() {
	}

	/**
	 * Picks the secrets out of headers.
	 * @param headers names and values as they are sent
	 * @return the secrets among the values
	 */
	public static SentSecrets of(Iterable<Map.Entry<String, String>> headers) {
		return SentSecrets.of(StreamSupport.stream(headers.spliterator(), false)
			.flatMap((header) -> secrets(header.getKey(), header.getValue()))
			.collect(Collectors.toSet()));
	}

	private static Stream<String> secrets(String name, String value) {
		boolean told = TELLING_NAME.matcher(name).matches();
		return Stream.concat(password(value).stream(), Stream.concat(Stream.of(value), parts(value))
			.filter((text) -> text.length() >= SHORTEST && (told || looksSecret(text))));
	}

	private static Stream<String> parts(String value) {
		return Collections.list(new StringTokenizer(value, " \t;,\""))
			.stream()
			.map(String::valueOf)
			.map((part) -> part.substring(part.indexOf('=') + 1));
	}

	private static Optional<String> password(String value) {
		if (!value.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
			return Optional.empty();
		}
		try {
			byte[] pair = Base64.getDecoder().decode(value.substring(BASIC.length()).strip());
			String text = new String(pair, StandardCharsets.UTF_8);
			return Optional.of(text.substring(text.indexOf(':') + 1));
		}
		catch (IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

	private static boolean looksSecret(String text) {
		return UUID.matcher(text).find() || hasLongRun(text);
	}

	private static boolean hasLongRun(String text) {
		int start = 0;
		for (int at = 0; at <= text.length(); at++) {
			if (at == text.length() || !Character.isLetterOrDigit(text.charAt(at))) {
				if (at - start >= LONG_RUN && isMixed(text.substring(start, at))) {
					return true;
				}
				start = at + 1;
			}
		}
		return false;
	}

	private static boolean isMixed(String run) {
		return run.chars().anyMatch(Character::isDigit) && run.chars().anyMatch(Character::isLetter);
	}

}
