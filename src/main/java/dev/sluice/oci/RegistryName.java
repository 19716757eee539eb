package dev.sluice.oci;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a registry as clients write it: {@code host[:port]}, lower case. Docker
 * Hub's aliases are one name, {@link #DOCKER_HUB}. Immutable.
 *
 * @param host a DNS name, an IPv4 address or a bracketed IPv6 address
 * @param port the port, where the name carries one, zeros before it left out;
 * {@code host} and {@code host:443} are two names, as they are to Docker
 */
public record RegistryName(String host, OptionalInt port) {

	/** Docker Hub, under whichever of its names it was asked for. */
	public static final RegistryName DOCKER_HUB = new RegistryName("docker.io", OptionalInt.empty());

	private static final Set<String> DOCKER_HUB_ALIASES = Set.of("docker.io", "index.docker.io", "registry-1.docker.io",
			"registry.hub.docker.com");

	private static final Pattern FORM = Pattern
		.compile("(?<host>[a-z0-9](?:[a-z0-9._-]{0,251}[a-z0-9])?|\\[[0-9a-f:.]{2,45}])(?::(?<port>\\d{1,16}))?");

	public RegistryName {
		Objects.requireNonNull(host);
		Objects.requireNonNull(port);
	}

	/**
	 * Reads a name.
	 * @param text what a client, a user or a file wrote
	 * @return the name, with Docker Hub's aliases folded
	 * @throws RequestException.Malformed if it isn't {@code host[:port]}
	 */
	public static RegistryName parse(String text) {
		return tryParse(text).orElseThrow(() -> new RequestException.Malformed(ErrorCode.NAME_INVALID,
				"'" + Printable.of(text) + "' is no registry name: expected host or host:port"));
	}

	/**
	 * Reads a name, if it is one.
	 * @param text what a client, a user or a file wrote
	 * @return the name, or empty if the text isn't {@code host[:port]}
	 */
	public static Optional<RegistryName> tryParse(String text) {
		Matcher matcher = FORM.matcher(text.toLowerCase(Locale.ROOT));
		if (!matcher.matches()) {
			return Optional.empty();
		}
		String host = matcher.group("host");
		if (host.startsWith("[") && !Ipv6Literal.matches(host)) {
			return Optional.empty();
		}
		String port = matcher.group("port");
		if (DOCKER_HUB_ALIASES.contains(host) && (port == null || port.equals("443"))) {
			return Optional.of(DOCKER_HUB);
		}
		if (port == null) {
			return Optional.of(new RegistryName(host, OptionalInt.empty()));
		}
		long number = Long.parseLong(port);
		return (number >= 1 && number <= 65535) ? Optional.of(new RegistryName(host, OptionalInt.of((int) number)))
				: Optional.empty();
	}

	/**
	 * Whether a first path segment is meant as a registry, by Docker's own rule: it has a
	 * dot or a colon, or is {@code localhost}.
	 * @param segment the first segment of an image's name
	 * @return whether it looks like a host
	 */
	public static boolean looksLikeHost(String segment) {
		return segment.indexOf('.') >= 0 || segment.indexOf(':') >= 0 || segment.equalsIgnoreCase("localhost");
	}

	/**
	 * The name as a client sends it for a host, leaving the default ports of HTTP out
	 * (RFC 9110, 7.2).
	 * @return the name, without the port if that is 80 or 443
	 */
	public RegistryName withoutDefaultPort() {
		boolean usual = this.port.isPresent() && (this.port.getAsInt() == 80 || this.port.getAsInt() == 443);
		return usual ? new RegistryName(this.host, OptionalInt.empty()) : this;
	}

	public boolean isDockerHub() {
		return equals(DOCKER_HUB);
	}

	@Override
	public String toString() {
		return this.port.isPresent() ? this.host + ":" + this.port.getAsInt() : this.host;
	}

}
