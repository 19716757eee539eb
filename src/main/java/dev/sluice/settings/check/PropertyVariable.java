package dev.sluice.settings.check;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * An environment variable that is named as a property is, wholly or in part:
 * {@code sluice.upstreams[0].name}, {@code SLUICE_DEFAULT-UPSTREAM}. Containers may be
 * given such ones, and Spring Boot reads them.
 */
final class PropertyVariable {

	static final ConfigurationPropertyName SLUICE = ConfigurationPropertyName.of("sluice");

	private static final Pattern FORM = Pattern.compile("[^.\\[-]*+[.\\[-].*", Pattern.DOTALL);

	private static final Pattern MIXED = Pattern.compile("(?i)sluice_[^.]*+\\..*", Pattern.DOTALL);

	private PropertyVariable() {
	}

	/**
	 * Which property of Sluice's it is, known or not, by Spring Boot's own reading.
	 * @param variable the variable's name
	 * @return the property, or empty if it is another's or an ordinary variable
	 */
	static Optional<ConfigurationPropertyName> property(String variable) {
		if (!FORM.matcher(variable).matches()) {
			return Optional.empty();
		}
		ConfigurationPropertySource alone = ConfigurationPropertySource.from(new SystemEnvironmentPropertySource(
				StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, Map.of(variable, "")));
		return ((IterableConfigurationPropertySource) Objects.requireNonNull(alone)).stream()
			.filter(PropertyVariable::isOurs)
			.findFirst();
	}

	/**
	 * Whether a variable begins as one and goes on as a property: Spring Boot reads
	 * nothing from most of them.
	 * @param variable the name of a variable that is no property
	 * @return whether it is written in both ways
	 */
	static boolean isMixed(String variable) {
		return MIXED.matcher(variable).matches();
	}

	private static boolean isOurs(ConfigurationPropertyName name) {
		return SLUICE.equals(name) || SLUICE.isAncestorOf(name);
	}

}
