package dev.sluice.settings.check;

import java.net.InetAddress;

import dev.sluice.settings.InvalidSettingException;
import org.jspecify.annotations.Nullable;

/**
 * Closed by default: whoever reaches Sluice can pull what its credentials reach, so
 * listening beyond this machine must be asked for in so many words.
 */
public final class ListenRule {

	private ListenRule() {
	}

	/**
	 * Holds the address that is listened on against the rule.
	 * @param address the address, or null for all
	 * @param open whether {@code sluice.access.open} is set
	 * @throws InvalidSettingException if it is neither loopback nor open
	 */
	public static void check(@Nullable InetAddress address, boolean open) {
		boolean loopback = address != null && address.isLoopbackAddress();
		if (!loopback && !open) {
			throw new InvalidSettingException("server.address", (address != null) ? address.getHostAddress() : "all",
					"anyone who reaches it could pull with Sluice's credentials; set sluice.access.open=true"
							+ " (SLUICE_ACCESS_OPEN=true) if that is meant, or listen on 127.0.0.1");
		}
	}

}
