package dev.sluice.settings.check;

import dev.sluice.settings.InvalidSettingException;
import dev.sluice.settings.UpstreamProperties;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.ResolvableType;

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
		Class<?> type = KnownSettings.type(setting.name()).map(ResolvableType::resolve).orElse(null);
		if (UpstreamProperties.Credential.class.equals(type)) {
			throw new InvalidSettingException(setting.written() + ": it is empty: expected username with password,"
					+ " identity-token or registry-token beneath it; for no credential leave it out");
		}
		if (UpstreamProperties.class.equals(type)) {
			throw new InvalidSettingException(
					setting.written() + ": it is empty: expected 'name:' and what else the upstream has");
		}
	}

}
