package dev.sluice.transport;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import dev.sluice.transport.TransportSettings.EgressProxy;
import org.jspecify.annotations.Nullable;

/**
 * Reads egress proxies from environment variables. Small letters come first, as with
 * curl; an empty variable counts as none, as with Go's clients; {@code HTTP_PROXY}
 * doesn't count in a CGI process, where a client's {@code Proxy} header sets it.
 */
final class ProxyVariable {

	private ProxyVariable() {
	}

	/**
	 * The proxy for a scheme.
	 * @param scheme {@code https} or {@code http}
	 * @param environment the variables
	 * @return the proxy, or empty
	 * @throws IllegalArgumentException naming the variable, never its value, if it holds
	 * anything but the address of an HTTP proxy
	 */
	static Optional<EgressProxy> read(String scheme, Map<String, String> environment) {
		String small = scheme + "_proxy";
		String large = scheme.equals("http") ? "HTTP_PROXY" : "HTTPS_PROXY";
		if (!environment.getOrDefault(small, "").isBlank()) {
			return Optional.of(parse(small, environment.get(small), environment));
		}
		boolean cgi = scheme.equals("http") && environment.containsKey("REQUEST_METHOD");
		if (cgi || environment.getOrDefault(large, "").isBlank()) {
			return Optional.empty();
		}
		return Optional.of(parse(large, environment.get(large), environment));
	}

	private static EgressProxy parse(String variable, @Nullable String value, Map<String, String> environment) {
		try {
			return ProxyUrl.read((value != null) ? value : "", exceptions(environment));
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(variable + ": " + ex.getMessage());
		}
	}

	private static Set<String> exceptions(Map<String, String> environment) {
		String small = environment.getOrDefault("no_proxy", "");
		String list = small.isBlank() ? environment.getOrDefault("NO_PROXY", "") : small;
		return Arrays.stream(list.split("[,\\s]+")).filter((entry) -> !entry.isBlank()).collect(Collectors.toSet());
	}

}
