package dev.sluice.settings.check;

import dev.sluice.settings.UpstreamProperties;
import dev.sluice.settings.file.EmptyList;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.core.ResolvableType;

/**
 * Takes what is left empty below {@code sluice} for not set, so that it has its default,
 * or what another place says. Spring Boot would take an empty list of files for no files,
 * and stumble over an empty number.
 */
final class LeftEmpty {

	private LeftEmpty() {
	}

	/**
	 * Whether a setting counts as not set.
	 * @param setting as it was given
	 * @param placeholders replaces placeholders
	 * @return whether it is dropped
	 */
	static boolean has(Setting setting, PlaceholderRule placeholders) {
		boolean none = setting.value() instanceof EmptyList
				&& KnownSettings.type(setting.name()).filter(KnownSettings::isList).isPresent();
		return !none && placeholders.resolved(setting.value()).isBlank() && !isNeeded(setting.name());
	}

	/**
	 * An entry of a list or of a map is one even if it is empty, and an upstream's name
	 * or a part of a credential is missed where it is used.
	 */
	private static boolean isNeeded(ConfigurationPropertyName name) {
		ResolvableType above = KnownSettings.type(name.getParent()).orElseGet(KnownSettings::all);
		Class<?> group = above.resolve(Object.class);
		return KnownSettings.isList(above) || KnownSettings.isMap(above)
				|| group.equals(UpstreamProperties.Credential.class)
				|| (group.equals(UpstreamProperties.class) && name.getLastElement(Form.UNIFORM).equals("name"));
	}

}
