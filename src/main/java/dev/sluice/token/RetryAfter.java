package dev.sluice.token;

import java.util.Date;
import java.util.Optional;

import io.netty.handler.codec.DateFormatter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * When a server wants to be asked again (RFC 9110, 10.2.3), as it may be passed on.
 */
public final class RetryAfter {

	/** About 31 years. */
	private static final int MOST_DIGITS = 9;

	private static final int LONGEST = 64;

	private RetryAfter() {
	}

	/**
	 * Reads an answer's headers, in linear time.
	 * @param headers the headers
	 * @return a number of seconds or a date; empty where there is none, or something else
	 */
	public static Optional<String> of(HttpHeaders headers) {
		@Nullable String value = headers.get(HttpHeaderNames.RETRY_AFTER);
		return Optional.ofNullable(value)
			.filter((text) -> text.length() <= LONGEST)
			.map(String::strip)
			.flatMap(RetryAfter::read);
	}

	private static Optional<String> read(String text) {
		if (!text.isEmpty() && text.chars().allMatch((c) -> c >= '0' && c <= '9')) {
			return Optional.of(text).filter((seconds) -> seconds.length() <= MOST_DIGITS);
		}
		@Nullable Date date = text.isEmpty() ? null : DateFormatter.parseHttpDate(text);
		return Optional.ofNullable(date).map(DateFormatter::format);
	}

}
