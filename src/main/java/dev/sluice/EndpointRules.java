package dev.sluice;

import java.net.URI;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.sluice.transport.Origin;

/**
 * What an upstream's endpoints must be, together and with its TLS settings.
 */
final class EndpointRules {

	private EndpointRules() {
	}

	/**
	 * Refuses an endpoint that would never be asked.
	 * @param property the property
	 * @param endpoints as configured
	 * @throws InvalidSettingException naming the second
	 */
	static void requireOne(String property, List<URI> endpoints) {
		if (endpoints.size() > 1) {
			throw new InvalidSettingException(property, endpoints.get(1),
					"only the first endpoint is used: leave the others out");
		}
	}

	/**
	 * Refuses what counts for TLS alone where the endpoint is plain HTTP. A certificate
	 * authority may be meant for its token server.
	 * @param property the upstream's property
	 * @param endpoint where its API is
	 * @param tls its TLS settings
	 * @throws InvalidSettingException naming the setting
	 */
	static void requireTls(String property, Origin endpoint, UpstreamProperties.Tls tls) {
		if (!endpoint.isSecure()) {
			refuse(tls.skipVerify(), property + ".tls.skip-verify", "true", endpoint);
			refuse(tls.certificate() != null, property + ".tls.certificate", tls.certificate(), endpoint);
			refuse(tls.key() != null, property + ".tls.key", tls.key(), endpoint);
		}
	}

	private static void refuse(boolean given, String property, @Nullable Object value, Origin endpoint) {
		if (given) {
			throw new InvalidSettingException(property, value,
					"its endpoint " + endpoint + " is plain HTTP: write https:// in endpoints, or leave tls out");
		}
	}

}
