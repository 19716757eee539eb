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

	private static final String ENTRIES = "each of its entries is written as a name and its value, 'X-Name: text'";

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
		if (!blank && KnownSettings.isMap(type)) {
			throw refused(setting, ENTRIES);
		}
	}

	private static InvalidSettingException unknown(Setting setting) {
		ConfigurationPropertyName known = KnownSettings.knownPartOf(setting.name());
		ResolvableType type = KnownSettings.type(known).orElseGet(KnownSettings::all);
		if (KnownSettings.isList(type)) {
			return refused(setting, known + " is a list: its entries begin with '-', or are numbered from [0]");
		}
		if (KnownSettings.isMap(type)) {
			return refused(setting, known + " is no list: " + ENTRIES);
		}
		if (KnownSettings.type(known.getParent()).filter(KnownSettings::isMap).isPresent()) {
			return refused(setting,
					known + " has one text for its value, no list and nothing beneath it; a name that has"
							+ " a dot in it is written in brackets and quotes, '[X.Name]'");
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
