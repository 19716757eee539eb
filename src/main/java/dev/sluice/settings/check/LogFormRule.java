package dev.sluice.settings.check;

import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import ch.qos.logback.core.ContextBase;
import ch.qos.logback.core.spi.ScanException;
import ch.qos.logback.core.util.OptionHelper;
import dev.sluice.settings.InvalidSettingException;

import org.springframework.boot.logging.LogLevel;
import org.springframework.core.env.PropertyResolver;
import org.springframework.util.ClassUtils;
import org.springframework.util.unit.DataSize;

/**
 * Sees that the log can be written in the form that the settings say, before Spring Boot
 * tries: it would print a stack trace, and its log then tells of nothing.
 */
final class LogFormRule {

	private static final Set<String> FORMATS = Set.of("ecs", "gelf", "logstash");

	private static final List<String> PATTERNS = List.of("logging.pattern.console", "logging.pattern.file",
			"logging.pattern.level", "logging.pattern.correlation", "logging.pattern.dateformat",
			"logging.exception-conversion-word");

	private static final List<String> SIZES = List.of("logging.logback.rollingpolicy.max-file-size",
			"logging.logback.rollingpolicy.total-size-cap");

	private static final List<String> NUMBERS = List.of("logging.logback.rollingpolicy.max-history",
			"logging.structured.json.stacktrace.max-length", "logging.structured.json.stacktrace.max-throwable-depth");

	private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

	private static final Pattern BARE = Pattern.compile("[+-]?\\d{1,30}");

	private LogFormRule() {
	}

	/**
	 * Looks at the form.
	 * @param settings all settings
	 * @throws InvalidSettingException naming the first that is none
	 */
	static void check(PropertyResolver settings) {
		for (String place : List.of("console", "file")) {
			require(settings, "logging.charset." + place, LogFormRule::isCharset, "expected a charset, such as UTF-8");
			require(settings, "logging.structured.format." + place, LogFormRule::isFormat,
					"expected ecs, gelf or logstash");
			require(settings, "logging.threshold." + place, LogFormRule::isLevel, ExpectedValue.of(LogLevel.class));
		}
		PATTERNS.forEach((property) -> require(settings, property, LogFormRule::isPattern,
				"expected a pattern of Logback's, with a } for each {"));
		SIZES.forEach((property) -> require(settings, property, LogFormRule::isSize,
				"expected a size above 0, such as 10MB"));
		NUMBERS.forEach((property) -> require(settings, property, (text) -> NUMBER.matcher(text).matches(),
				"expected a whole number, 0 or more"));
	}

	private static void require(PropertyResolver settings, String property, Predicate<String> right, String allowed) {
		String value = settings.getProperty(property, "");
		if (!value.isEmpty() && !right.test(value)) {
			throw new InvalidSettingException(property, value, allowed);
		}
	}

	private static boolean isCharset(String text) {
		try {
			return Charset.isSupported(text);
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	private static boolean isLevel(String text) {
		return Stream.of(LogLevel.values()).anyMatch((level) -> level.name().equalsIgnoreCase(text))
				|| text.equalsIgnoreCase("false");
	}

	/** Of one without a unit, {@link UnitRule} says more. */
	private static boolean isSize(String text) {
		try {
			return BARE.matcher(text).matches() || DataSize.parse(text).toBytes() > 0;
		}
		catch (IllegalArgumentException | ArithmeticException ex) {
			return false;
		}
	}

	/** Or the name of a class that somebody brings along. */
	private static boolean isFormat(String text) {
		return FORMATS.contains(text.toLowerCase(Locale.ROOT))
				|| ClassUtils.isPresent(text, LogFormRule.class.getClassLoader());
	}

	private static boolean isPattern(String text) {
		try {
			return OptionHelper.substVars(text, new ContextBase()) != null;
		}
		catch (ScanException | IllegalArgumentException ex) {
			return false;
		}
	}

}
