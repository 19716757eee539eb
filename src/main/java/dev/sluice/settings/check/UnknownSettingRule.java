package dev.sluice.settings.check;

import java.util.List;

import dev.sluice.settings.InvalidSettingException;
import dev.sluice.settings.SecretNames;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.ResolvableType;

/**
 * Refuses a setting that doesn't exist, and one that is written as a group, a list or a
 * value where it is something else.
 */
final class UnknownSettingRule {

	private UnknownSettingRule() {
	}

	/**
	 * Checks one setting.
	 * @param setting as it was given
	 * @throws InvalidSettingException saying what there is instead
	 */
	static void check(Setting setting) {
		ResolvableType type = KnownSettings.type(setting.name()).orElseThrow(() -> unknown(setting));
		boolean blank = setting.value().toString().isBlank();
		if (!blank && !KnownSettings.names(type).isEmpty()) {
			throw refused(setting,
					"it has no value of its own; beneath it there are " + String.join(", ", KnownSettings.names(type)));
		}
		if (!blank && KnownSettings.isList(type) && !KnownSettings.names(type.asCollection().getGeneric(0)).isEmpty()) {
			throw refused(setting, "it is a list: its entries begin with '- name:'");
		}
	}

	private static InvalidSettingException unknown(Setting setting) {
		ConfigurationPropertyName known = KnownSettings.knownPartOf(setting.name());
		ResolvableType type = KnownSettings.type(known).orElseGet(KnownSettings::all);
		if (KnownSettings.isList(type)) {
			return refused(setting, known + " is a list: its entries begin with '-', or are numbered from [0]");
		}
		List<String> names = KnownSettings.names(type);
		return refused(setting, names.isEmpty() ? "there is nothing beneath " + known
				: "there is no such property; there are " + String.join(", ", names));
	}

	/** What stands at a wrong name may be a secret that was meant for another. */
	private static InvalidSettingException refused(Setting setting, String allowed) {
		return new InvalidSettingException(setting.written(),
				SecretNames.shown(setting.name().toString(), setting.value()), allowed);
	}

}
