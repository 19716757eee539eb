package dev.sluice.settings.check;

import java.time.Duration;

import dev.sluice.settings.InvalidSettingException;

import org.springframework.boot.convert.DurationStyle;

/**
 * How long Sluice may wait for anything. Looked at as it is written, for that is what its
 * writer knows again.
 */
final class DurationRule {

	private static final Duration LEAST = Duration.ofMillis(1);

	private static final Duration LONGEST = Duration.ofDays(1);

	private DurationRule() {
	}

	/**
	 * Checks one setting.
	 * @param setting as it was given
	 * @param value its value, with its placeholders replaced
	 * @throws InvalidSettingException if it is a duration that is none, or longer than a
	 * day
	 */
	static void check(Setting setting, String value) {
		boolean duration = KnownSettings.type(setting.name())
			.filter((type) -> type.resolve(Object.class).equals(Duration.class))
			.isPresent();
		if (duration && !value.isBlank()) {
			require(read(value).compareTo(LEAST) >= 0, setting, value, "expected more than 0, such as 30s");
			require(read(value).compareTo(LONGEST) <= 0, setting, value, "expected a day (24h) at most");
		}
	}

	/** What is no duration at all, Spring Boot refuses. */
	private static Duration read(String value) {
		try {
			return DurationStyle.detectAndParse(value);
		}
		catch (IllegalArgumentException | ArithmeticException ex) {
			return LONGEST;
		}
	}

	private static void require(boolean right, Setting setting, String value, String allowed) {
		if (!right) {
			throw new InvalidSettingException(setting.written(), value, allowed);
		}
	}

}
