package dev.sluice.wiring;

import java.net.InetAddress;
import java.util.Optional;

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

	/**
	 * Whom management is shown to, where nobody said that whoever reaches Sluice may pull
	 * from it.
	 * @return a warning; empty where management listens on loopback or there is none
	 */
	Optional<String> warning() {
		Binder settings = Binder.get(this.environment);
		boolean beyond = settings.bind("management.server.address", InetAddress.class)
			.map((address) -> !address.isLoopbackAddress())
			.orElse(false);
		boolean open = settings.bind("sluice.access.open", Boolean.class).orElse(false);
		return (beyond && !open && this.environment.containsProperty("local.management.port"))
				? Optional.of("Whoever reaches management.server.address may read health and metrics, which name"
						+ " registries and files and hold no secret; write 127.0.0.1 if that isn't meant")
				: Optional.empty();
	}

	private @Nullable Ssl ssl(String property) {
		return Binder.get(this.environment).bind(property, Ssl.class).orElse(null);
	}

	private String url(@Nullable Ssl ssl, String address, String port) {
		String host = this.environment.getProperty(address, "0.0.0.0");
		boolean bare = host.contains(":") && !host.startsWith("[");
		return (Ssl.isEnabled(ssl) ? "https://" : "http://") + (bare ? "[" + host + "]" : host) + ":"
				+ this.environment.getProperty(port, "");
	}

}
