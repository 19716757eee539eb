package dev.sluice.settings;

import dev.sluice.oci.RegistryName;

/**
 * Reads a setting that names one host: a pattern there would never match, for routing
 * looks names up.
 */
public final class PlainName {

	private PlainName() {
	}

	/**
	 * Reads it.
	 * @param property the property's whole name
	 * @param text what it is set to
	 * @return the name
	 * @throws InvalidSettingException if it isn't {@code host[:port]}
	 */
	public static RegistryName read(String property, String text) {
		if (isPattern(text)) {
			throw new InvalidSettingException(property, text,
					"patterns aren't taken here: expected one host or host:port");
		}
		return InvalidSettingException.read(property, text, RegistryName::parse);
	}

	public static boolean isPattern(String text) {
		return text.indexOf('*') >= 0 || text.indexOf('?') >= 0;
	}

}
