package dev.sluice.settings.check;

import java.time.Duration;
import java.util.Optional;

import dev.sluice.settings.InvalidSettingException;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.convert.DurationStyle;

/**
 * How long Sluice may wait for an upstream, or keep anything. Looked at as it is written,
 * for that is what its writer knows again.
 */
final class DurationRule {

	private static final ConfigurationPropertyName UPSTREAMS = ConfigurationPropertyName.of("sluice.upstreams");

	private static final Bounds WAITING = new Bounds(Duration.ofMillis(1), "expected more than 0, such as 30s",
			Duration.ofDays(1), "expected a day (24h) at most");

	private static final Bounds KEEPING = new Bounds(Duration.ZERO, "expected 0 or more, such as 24h",
			Duration.ofDays(3650), "expected ten years (3650d) at most");

	private DurationRule() {
	}

	/**
	 * Checks one setting.
	 * @param setting as it was given
	 * @param value its value, with its placeholders replaced
	 * @throws InvalidSettingException if it is a duration that is none, or too long
	 */
	static void check(Setting setting, String value) {
		boolean duration = KnownSettings.type(setting.name())
			.filter((type) -> type.resolve(Object.class).equals(Duration.class))
			.isPresent();
		if (duration && !value.isBlank()) {
			Bounds bounds = UPSTREAMS.isAncestorOf(setting.name()) ? WAITING : KEEPING;
			read(value).ifPresent((given) -> {
				require(given.compareTo(bounds.least) >= 0, setting, value, bounds.tooShort);
				require(given.compareTo(bounds.longest) <= 0, setting, value, bounds.tooLong);
			});
		}
	}

	/** What is no duration at all, Spring Boot refuses. */
	private static Optional<Duration> read(String value) {
		try {
			return Optional.of(DurationStyle.detectAndParse(value));
		}
		catch (IllegalArgumentException | ArithmeticException ex) {
			return Optional.empty();
		}
	}

	private static void require(boolean right, Setting setting, String value, String allowed) {
		if (!right) {
			throw new InvalidSettingException(setting.written(), value, allowed);
		}
	}

	private record Bounds(Duration least, String tooShort, Duration longest, String tooLong) {
	}

}
