package dev.sluice.settings.check;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import dev.sluice.settings.InvalidSettingException;
import dev.sluice.settings.SecretNames;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.PropertySources;
import org.springframework.util.PlaceholderResolutionException;
import org.springframework.util.PropertyPlaceholderHelper;

/**
 * Refuses a placeholder, {@code ${NAME}}, that nothing sets: Spring Boot leaves it as it
 * is, and it would be used as a password or a name. So it does with one in another
 * program's form ({@link ForeignPlaceholderRule}).
 */
final class PlaceholderRule {

	private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.\\[\\]-]{0,199}");

	private static final List<String> SERVERS = List.of("server.", "management.", "spring.ssl.");

	private final PropertyPlaceholderHelper placeholders = new PropertyPlaceholderHelper("${", "}", ":", '\\', false);

	private final PropertyPlaceholderHelper defaults = new PropertyPlaceholderHelper("${", "}", ":", '\\', true);

	private final PropertySources sources;

	PlaceholderRule(PropertySources sources) {
		this.sources = sources;
	}

	/**
	 * Checks settings of Sluice.
	 * @param settings as they were given
	 * @throws InvalidSettingException naming the setting and the placeholder
	 */
	void check(List<Setting> settings) {
		settings.forEach((setting) -> check(setting.written(), setting.name().toString(), setting.value()));
	}

	/**
	 * Checks the settings of its servers, wherever else than in environment variables
	 * they were given: others write such variables too.
	 * @throws InvalidSettingException naming the setting and the placeholder
	 */
	void checkServers() {
		for (PropertySource<?> source : this.sources) {
			if (source instanceof EnumerablePropertySource<?> names) {
				for (String name : names.getPropertyNames()) {
					if (SERVERS.stream().anyMatch(name::startsWith)) {
						check(name, name, source.getProperty(name));
					}
				}
			}
		}
	}

	/**
	 * A value with its placeholders replaced.
	 * @param value a value that was checked
	 * @return the text
	 */
	String resolved(Object value) {
		String text = value.toString();
		return text.contains("${") ? this.placeholders.replacePlaceholders(text, this::value) : text;
	}

	/**
	 * A value that wasn't checked, which others may have written.
	 * @param value a value
	 * @return the text, as it stands if nothing sets a placeholder in it
	 */
	String resolvedIfSet(Object value) {
		try {
			return resolved(value);
		}
		catch (PlaceholderResolutionException ex) {
			return value.toString();
		}
	}

	/**
	 * What a value has of its own: every placeholder that has a default is replaced by
	 * it, whatever variables hold.
	 * @param value a value
	 * @return the text
	 */
	String written(Object value) {
		String text = value.toString();
		return text.contains("${") ? this.defaults.replacePlaceholders(text, (_) -> null) : text;
	}

	private void check(String written, String property, @Nullable Object value) {
		if (value == null) {
			return;
		}
		ForeignPlaceholderRule.checkForm(written, value.toString());
		ForeignPlaceholderRule.checkWhole(written, property, written(value));
		try {
			resolved(value);
		}
		catch (PlaceholderResolutionException ex) {
			ForeignPlaceholderRule.checkUnset(written, String.valueOf(ex.getPlaceholder()));
			String escape = "; a ${ that is meant as it stands is written \\${";
			throw new InvalidSettingException(written + ": "
					+ shown(property, value.toString(), ex).map((name) -> "nothing sets ${" + name + "}" + escape)
						.orElse("it has a placeholder ${…} that nothing sets" + escape));
		}
	}

	/** A secret may have ${ in it by chance. */
	private static Optional<String> shown(String property, String value, PlaceholderResolutionException failure) {
		boolean whole = value.startsWith("${") && value.indexOf('}') == value.length() - 1;
		return Optional.ofNullable(failure.getPlaceholder())
			.filter((name) -> NAME.matcher(name).matches() && (whole || !SecretNames.has(property)));
	}

	private @Nullable String value(String placeholder) {
		for (PropertySource<?> source : this.sources) {
			Object value = source.getProperty(placeholder);
			if (value != null) {
				return value.toString();
			}
		}
		return null;
	}

}
