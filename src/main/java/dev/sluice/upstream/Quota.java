package dev.sluice.upstream;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many pulls a registry still allows, by the {@code ratelimit-limit} and
 * {@code ratelimit-remaining} headers that Docker Hub sends with manifests. Immutable.
 *
 * @param remaining pulls left
 * @param limit pulls in all
 * @param window within which time; zero if it isn't said
 */
public record Quota(long remaining, long limit, Duration window) {

	private static final int LONGEST = 256;

	private static final Pattern FORM = Pattern.compile("\\s*+(\\d{1,15}+)\\s*+(?:;\\s*+w=(\\d{1,9}+)(?!\\d).*+)?+");

	/**
	 * Reads an answer's headers.
	 * @param header finds a header's value by its name
	 * @return the quota, or empty if the answer says nothing of one
	 */
	public static Optional<Quota> of(Function<String, Optional<String>> header) {
		Optional<Matcher> limit = header.apply("ratelimit-limit").flatMap(Quota::read);
		Optional<Matcher> remaining = header.apply("ratelimit-remaining").flatMap(Quota::read);
		return remaining.flatMap((left) -> limit
			.map((all) -> new Quota(Long.parseLong(left.group(1)), Long.parseLong(all.group(1)), window(all))));
	}

	private static Optional<Matcher> read(String value) {
		return Optional.of(value)
			.filter((text) -> text.length() <= LONGEST)
			.map(FORM::matcher)
			.filter(Matcher::matches);
	}

	private static Duration window(Matcher header) {
		return Duration.ofSeconds((header.group(2) != null) ? Long.parseLong(header.group(2)) : 0);
	}

}
