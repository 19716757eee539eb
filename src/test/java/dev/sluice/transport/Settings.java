package dev.sluice.transport;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

import dev.sluice.transport.TransportSettings.EgressProxy;
import dev.sluice.transport.TransportSettings.Tls;
import org.jspecify.annotations.Nullable;

/**
 * Settings that differ from the defaults in one thing.
 */
final class Settings {

	private static final Duration LONG = Duration.ofSeconds(30);

	private Settings() {
	}

	static TransportSettings timeouts(Duration connect, Duration response, Duration idle) {
		return new TransportSettings(Tls.DEFAULT, connect, response, idle, 16, 16, null, Map.of(), Set.of(), Set.of());
	}

	static TransportSettings response(Duration response) {
		return timeouts(LONG, response, LONG);
	}

	static TransportSettings idle(Duration idle) {
		return timeouts(LONG, LONG, idle);
	}

	static TransportSettings pool(int size, int pending, Duration patience) {
		return new TransportSettings(Tls.DEFAULT, patience, LONG, LONG, size, pending, null, Map.of(), Set.of(),
				Set.of());
	}

	static TransportSettings tls(Tls tls) {
		return new TransportSettings(tls, LONG, LONG, LONG, 16, 16, null, Map.of(), Set.of(), Set.of());
	}

	static TransportSettings proxy(@Nullable EgressProxy proxy) {
		return new TransportSettings(Tls.DEFAULT, LONG, LONG, LONG, 16, 16, proxy, Map.of(), Set.of(), Set.of());
	}

	static TransportSettings allowing(String... hosts) {
		return new TransportSettings(Tls.DEFAULT, LONG, LONG, LONG, 16, 16, null, Map.of(), Set.of(hosts), Set.of());
	}

}
