package dev.sluice.settings.check;

import java.util.List;

import dev.sluice.settings.InvalidSettingException;

import org.springframework.core.env.PropertyResolver;

/**
 * An address that is set to nothing would mean all addresses, which must be asked for in
 * so many words.
 */
final class AddressRule {

	private AddressRule() {
	}

	/**
	 * Checks the addresses of both servers.
	 * @param settings all settings
	 * @throws InvalidSettingException naming the first that is set to nothing
	 */
	static void check(PropertyResolver settings) {
		List.of("server.address", "management.server.address").forEach((property) -> {
			if (settings.getProperty(property, "127.0.0.1").isBlank()) {
				throw new InvalidSettingException(property
						+ " is set to nothing, which would be all addresses: write 0.0.0.0 if that is meant, or leave it"
						+ " out");
			}
		});
	}

}
