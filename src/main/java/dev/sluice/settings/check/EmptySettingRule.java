package dev.sluice.settings.check;

import java.util.Optional;

import dev.sluice.settings.InvalidSettingException;
import dev.sluice.settings.UpstreamProperties;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * Refuses what is set to nothing where that may be meant in two ways: a default upstream
 * for none or for the usual one, a credential for nobody or forgotten.
 */
final class EmptySettingRule {

	private static final ConfigurationPropertyName DEFAULT_UPSTREAM = ConfigurationPropertyName
		.of("sluice.default-upstream");

	private EmptySettingRule() {
	}

	/**
	 * Checks one setting.
	 * @param setting as it was given
	 * @param value its value, with its placeholders replaced
	 * @throws InvalidSettingException saying what to write
	 */
	static void check(Setting setting, String value) {
		if (!value.isBlank()) {
			return;
		}
		if (setting.name().equals(DEFAULT_UPSTREAM)) {
			throw new InvalidSettingException(
					setting.written() + ": it is empty: write the name of a registry, or none,"
							+ " so that every image has to name its registry");
		}
		Optional<Class<?>> type = KnownSettings.type(setting.name()).map((it) -> it.resolve(Object.class));
		if (type.filter(UpstreamProperties.Credential.class::equals).isPresent()) {
			throw new InvalidSettingException(setting.written() + ": it is empty: expected username with password,"
					+ " identity-token or registry-token beneath it; for no credential leave it out");
		}
		if (type.filter(UpstreamProperties.class::equals).isPresent()) {
			throw new InvalidSettingException(
					setting.written() + ": it is empty: expected 'name:' and what else the upstream has");
		}
	}

}
