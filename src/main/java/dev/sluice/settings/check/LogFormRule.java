package dev.sluice.settings.check;

import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

import ch.qos.logback.core.ContextBase;
import ch.qos.logback.core.spi.ScanException;
import ch.qos.logback.core.util.OptionHelper;
import dev.sluice.settings.InvalidSettingException;

import org.springframework.core.env.PropertyResolver;
import org.springframework.util.ClassUtils;

/**
 * Sees that the log can be written in the form that the settings say, before Spring Boot
 * tries: it would print a stack trace, and its log then tells of nothing.
 */
final class LogFormRule {

	private static final Set<String> FORMATS = Set.of("ecs", "gelf", "logstash");

	private static final List<String> PATTERNS = List.of("console", "file", "level", "correlation", "dateformat");

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
		}
		PATTERNS.forEach((name) -> require(settings, "logging.pattern." + name, LogFormRule::isPattern,
				"expected a pattern of Logback's, with a } for each {"));
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
