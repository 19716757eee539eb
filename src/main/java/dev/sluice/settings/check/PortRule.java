package dev.sluice.settings.check;

import java.util.regex.Pattern;

import dev.sluice.oci.Printable;
import dev.sluice.settings.InvalidSettingException;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.PropertyResolver;

/**
 * Which ports Sluice may listen on: what management shows doesn't belong on the port that
 * clients use.
 */
final class PortRule {

	private static final String API = "server.port";

	private static final String MANAGEMENT = "management.server.port";

	private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

	private static final int HIGHEST = 65535;

	private PortRule() {
	}

	/**
	 * Checks both ports.
	 * @param settings all settings
	 * @throws InvalidSettingException if one is none, or both are the same
	 */
	static void check(PropertyResolver settings) {
		String port = settings.getProperty(API);
		String management = settings.getProperty(MANAGEMENT);
		requireOne(API, port);
		requireOne(MANAGEMENT, management);
		require(port == null || isPort(port), API, port, "expected a port, 1 to 65535, or 0 for any");
		require(management == null || management.equals("-1") || isPort(management), MANAGEMENT, management,
				"expected a port, 1 to 65535, 0 for any, or -1 for none");
		require(port == null || !isSame(port, management), MANAGEMENT, management,
				"the registry API has this port (server.port): management needs one of its own");
	}

	/** What the command line gives several times, Spring joins by commas. */
	private static void requireOne(String property, @Nullable String value) {
		if (value != null && value.indexOf(',') >= 0) {
			throw new InvalidSettingException(property + " is given several times, as "
					+ Printable.of(value.replace(",", " and as ")) + ": give it once");
		}
	}

	/** However they are written: 05050 is 5050. */
	private static boolean isSame(String port, @Nullable String management) {
		int number = Integer.parseInt(port);
		return number != 0 && management != null && number == Integer.parseInt(management);
	}

	private static boolean isPort(String text) {
		return NUMBER.matcher(text).matches() && Integer.parseInt(text) <= HIGHEST;
	}

	private static void require(boolean right, String property, @Nullable Object value, String allowed) {
		if (!right) {
			throw new InvalidSettingException(property, value, allowed);
		}
	}

}
