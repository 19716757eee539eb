package dev.sluice.settings.check;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import dev.sluice.settings.InvalidSettingException;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.util.unit.DataSize;

/**
 * Refuses values of Spring Boot's own settings that it takes and its server fails at, or
 * that take a bound away: a negative duration or size, and headers of any length.
 */
final class BoundRule {

	private static final DataSize LONGEST_HEAD = DataSize.ofMegabytes(1);

	private static final List<String> HEADS = List.of("server.max-http-request-header-size",
			"server.netty.max-initial-line-length", "server.netty.initial-buffer-size");

	private static final String KEEP_ALIVE = "server.netty.max-keep-alive-requests";

	private static final Pattern NEGATIVE = Pattern.compile("(?i)-\\d{1,18}[a-z]{1,2}|-P.{1,50}|P[^-]{1,50}-.{1,50}");

	private BoundRule() {
	}

	/**
	 * Checks settings.
	 * @param settings as they were given
	 * @throws InvalidSettingException naming the first that won't do
	 */
	static void check(List<SpringSetting> settings) {
		settings.forEach(BoundRule::check);
		List<SpringSetting> negative = settings.stream()
			.filter((setting) -> NEGATIVE.matcher(setting.value().strip()).matches())
			.toList();
		if (!negative.isEmpty()) {
			Map<ConfigurationPropertyName, String> types = SpringMetadata.types();
			negative.stream()
				.filter((setting) -> setting.isOf(Duration.class, types) || setting.isOf(DataSize.class, types))
				.findFirst()
				.ifPresent((setting) -> {
					throw refused(setting, "it is negative: expected 0 or more");
				});
		}
	}

	private static void check(SpringSetting setting) {
		if (HEADS.stream().anyMatch(setting::isNamed) && !isHead(setting.value())) {
			throw refused(setting, "expected more than 0, and 1MB at most, for each connection may hold as much");
		}
		if (setting.isNamed(KEEP_ALIVE) && setting.value().strip().matches("0{1,9}|-0{0,9}[02-9]|-\\d{2,9}")) {
			throw refused(setting, "expected 1 or more, or -1 for any number");
		}
	}

	/** What is no size at all, Spring Boot refuses. */
	private static boolean isHead(String text) {
		try {
			DataSize size = DataSize.parse(text.strip());
			return size.toBytes() > 0 && size.compareTo(LONGEST_HEAD) <= 0;
		}
		catch (IllegalArgumentException ex) {
			return true;
		}
		catch (ArithmeticException ex) {
			return false;
		}
	}

	private static InvalidSettingException refused(SpringSetting setting, String allowed) {
		return new InvalidSettingException(setting.written(), setting.value(), allowed);
	}

}
