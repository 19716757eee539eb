package dev.sluice.settings.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.sluice.settings.InvalidSettingException;
import dev.sluice.settings.UpstreamProperties;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.ResolvableType;

/**
 * Refuses what is set to nothing where that may be meant in two ways: a default upstream
 * for none or for the usual one, a credential for nobody or forgotten. So is an upstream
 * with nothing in it.
 */
final class EmptySettingRule {

	private static final ConfigurationPropertyName DEFAULT_UPSTREAM = ConfigurationPropertyName
		.of("sluice.default-upstream");

	/** How many elements the name of an entry of {@code sluice.upstreams} has. */
	private static final int UPSTREAM = 3;

	private EmptySettingRule() {
	}

	/**
	 * Checks all settings.
	 * @param settings as they were given
	 * @param placeholders replaces placeholders
	 * @throws InvalidSettingException saying what to write
	 */
	static void check(List<Setting> settings, PlaceholderRule placeholders) {
		Map<ConfigurationPropertyName, Boolean> upstreams = new LinkedHashMap<>();
		settings.forEach((setting) -> {
			if (placeholders.resolved(setting.value()).isBlank()) {
				requireMeaning(setting);
			}
			boolean empty = LeftEmpty.has(setting, placeholders);
			upstream(setting.name()).ifPresent((entry) -> upstreams.merge(entry, empty, Boolean::logicalAnd));
		});
		upstreams.forEach((entry, empty) -> {
			if (empty) {
				throw emptyUpstream(entry.toString());
			}
		});
	}

	/** The entry of {@code sluice.upstreams} that a setting belongs to. */
	private static Optional<ConfigurationPropertyName> upstream(ConfigurationPropertyName name) {
		return (name.getNumberOfElements() > UPSTREAM && KnownSettings.type(name.chop(UPSTREAM))
			.filter((type) -> isA(UpstreamProperties.class, type))
			.isPresent()) ? Optional.of(name.chop(UPSTREAM)) : Optional.empty();
	}

	private static void requireMeaning(Setting setting) {
		if (setting.name().equals(DEFAULT_UPSTREAM)) {
			throw new InvalidSettingException(
					setting.written() + ": it is empty: write the name of a registry, or none,"
							+ " so that every image has to name its registry");
		}
		ResolvableType type = KnownSettings.type(setting.name()).orElseThrow();
		if (isA(UpstreamProperties.Credential.class, type)) {
			throw new InvalidSettingException(setting.written() + ": it is empty: expected username with password,"
					+ " identity-token or registry-token beneath it; for no credential leave it out");
		}
		if (isA(UpstreamProperties.class, type)) {
			throw emptyUpstream(setting.written());
		}
	}

	private static boolean isA(Class<?> group, ResolvableType type) {
		return type.resolve(Object.class).equals(group);
	}

	private static InvalidSettingException emptyUpstream(String written) {
		return new InvalidSettingException(written + ": it is empty: expected 'name:' and what else the upstream has");
	}

}
