package dev.sluice.settings.check;

import java.util.Locale;

import dev.sluice.settings.InvalidSettingException;

import org.springframework.boot.web.server.autoconfigure.ServerProperties;

/**
 * Settings of Spring Boot's server that would lead past what Sluice does itself.
 */
public final class ServerRule {

	private ServerRule() {
	}

	/**
	 * Holds the server's settings against the rule.
	 * @param server the settings
	 * @throws InvalidSettingException if one of them won't do
	 */
	public static void check(ServerProperties server) {
		ServerProperties.ForwardHeadersStrategy strategy = server.getForwardHeadersStrategy();
		if (strategy != null && strategy != ServerProperties.ForwardHeadersStrategy.NONE) {
			throw new InvalidSettingException("server.forward-headers-strategy",
					strategy.name().toLowerCase(Locale.ROOT),
					"it believes forwarded headers whoever sends them; name the proxies in sluice.trusted-proxies instead");
		}
		if (server.getHttp2().isEnabled()) {
			throw new InvalidSettingException("server.http2.enabled", "true", "Sluice speaks HTTP/1.1 alone");
		}
	}

}
