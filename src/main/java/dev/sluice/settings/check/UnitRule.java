package dev.sluice.settings.check;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import dev.sluice.settings.InvalidSettingException;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.util.unit.DataSize;

/**
 * Refuses a duration or a size without a unit: Spring Boot takes it for milliseconds or
 * bytes, and for seconds here and there, and who writes {@code idle: 30} hardly knows
 * which. Zero needs no unit.
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
		if (example != null && isBare(value)) {
			throw missing(setting.written(), value, example);
		}
	}

	/**
	 * Checks Spring Boot's own settings. Their types are looked up only where there is a
	 * number without a unit.
	 * @param settings as they were given
	 * @throws InvalidSettingException saying how to write the first that is wrong
	 */
	static void check(List<SpringSetting> settings) {
		List<SpringSetting> bare = settings.stream()
			.filter((setting) -> isBare(setting.value()) && !setting.letters().endsWith("port"))
			.toList();
		if (!bare.isEmpty()) {
			Map<ConfigurationPropertyName, String> types = SpringMetadata.types();
			bare.forEach((setting) -> EXAMPLES.forEach((type, example) -> {
				if (setting.isOf(type, types)) {
					throw missing(setting.written(), setting.value(), example);
				}
			}));
		}
	}

	private static boolean isBare(String value) {
		String text = value.strip();
		return BARE.matcher(text).matches() && !ZERO.matcher(text).matches();
	}

	private static InvalidSettingException missing(String written, String value, String example) {
		String text = value.strip();
		return new InvalidSettingException(written, text, "its unit is missing: write it as in " + text + example);
	}

}
