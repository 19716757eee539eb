package dev.sluice;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

import org.springframework.util.unit.DataSize;

/**
 * Refuses a duration or a size without a unit: Spring Boot takes it for milliseconds or
 * bytes, which nobody means who writes {@code idle: 30}. Nothing, 0, needs none.
 */
final class UnitRule {

	private static final Map<Class<?>, String> EXAMPLES = Map.of(Duration.class, "s", DataSize.class, "MB");

	private static final Pattern BARE = Pattern.compile("[+-]?\\d{1,30}");

	private static final Pattern ZERO = Pattern.compile("[+-]?0+");

	private UnitRule() {
	}

	/**
	 * Checks one setting.
	 * @param setting as it was given
	 * @param value its value, with its placeholders replaced
	 * @throws InvalidSettingException saying how to write it
	 */
	static void check(Setting setting, String value) {
		String example = KnownSettings.type(setting.name())
			.map((type) -> EXAMPLES.get(type.resolve(Object.class)))
			.orElse(null);
		String text = value.strip();
		if (example != null && BARE.matcher(text).matches() && !ZERO.matcher(text).matches()) {
			throw new InvalidSettingException(setting.written(), text,
					"its unit is missing: write it as in " + text + example);
		}
	}

}
