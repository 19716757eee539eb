package dev.sluice.settings;

import java.util.regex.Pattern;

/**
 * Knows the settings whose values aren't shown in a message, however wrong they are.
 */
public final class SecretNames {

	private static final Pattern SECRET = Pattern
		.compile("(?i)pass|secret|token|private-?key|\\.credential(?:\\.|$)|\\.headers(?:[.\\[]|$)");

	private static final int HARMLESS = 4;

	private SecretNames() {
	}

	public static boolean has(String property) {
		return SECRET.matcher(property).find();
	}

	/**
	 * What may be shown of a value at a name that doesn't exist: it may be a secret whose
	 * name was misspelt.
	 * @param property the name
	 * @param value the value
	 * @return the value, or an ellipsis
	 */
	public static Object shown(String property, Object value) {
		return (has(property) || value.toString().length() > HARMLESS) ? "…" : value;
	}

}
