package dev.sluice.wiring;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.web.server.Ssl;
import org.springframework.core.env.Environment;

/**
 * Where Sluice's servers are, as a client writes it.
 *
 * @param environment all settings, with the ports that are listened on
 */
record ServedAddresses(Environment environment) {

	/**
	 * Where the registry API is.
	 * @return its URL
	 */
	String api() {
		return url(ssl("server.ssl"), "server.address", "local.server.port") + "/v2/";
	}

	/**
	 * Where management is. Its server speaks TLS as the API's does, unless it has
	 * settings of its own for that.
	 * @return a few words
	 */
	String management() {
		if (!this.environment.containsProperty("local.management.port")) {
			return "no health and metrics, for management.server.port turns them off";
		}
		Ssl own = ssl("management.server.ssl");
		return "health and metrics at "
				+ url((own != null) ? own : ssl("server.ssl"), "management.server.address", "local.management.port")
				+ "/actuator";
	}

	private @Nullable Ssl ssl(String property) {
		return Binder.get(this.environment).bind(property, Ssl.class).orElse(null);
	}

	private String url(@Nullable Ssl ssl, String address, String port) {
		String host = this.environment.getProperty(address, "0.0.0.0");
		return (Ssl.isEnabled(ssl) ? "https://" : "http://") + (host.contains(":") ? "[" + host + "]" : host) + ":"
				+ this.environment.getProperty(port, "");
	}

}
