package dev.sluice.transport;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.sluice.transport.TransportSettings.EgressProxy;

/**
 * Reads egress proxies from environment variables. Small letters come first, as with
 * curl; {@code HTTP_PROXY} doesn't count in a CGI process, where a client's {@code Proxy}
 * header sets it.
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
		String text = (value != null) ? value.strip() : "";
		try {
			URI uri = new URI(text.contains("://") ? text : "http://" + text);
			if (!"http".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null) {
				throw new IllegalArgumentException(variable + ": only http://[user:password@]host[:port] is supported");
			}
			int port = (uri.getPort() >= 0) ? uri.getPort() : 80;
			String[] login = (uri.getRawUserInfo() != null) ? uri.getRawUserInfo().split(":", 2) : new String[0];
			return new EgressProxy(uri.getHost(), port, part(login, 0), part(login, 1), exceptions(environment));
		}
		catch (URISyntaxException ex) {
			throw new IllegalArgumentException(variable + ": not a URL");
		}
	}

	private static @Nullable String part(String[] login, int index) {
		if (index >= login.length) {
			return null;
		}
		return URLDecoder.decode(login[index].replace("+", "%2B"), StandardCharsets.UTF_8);
	}

	private static Set<String> exceptions(Map<String, String> environment) {
		String list = environment.getOrDefault("no_proxy", environment.getOrDefault("NO_PROXY", ""));
		return Arrays.stream(list.split("[,\\s]+")).filter((entry) -> !entry.isBlank()).collect(Collectors.toSet());
	}

}
