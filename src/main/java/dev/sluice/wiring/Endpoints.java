package dev.sluice.wiring;

import java.util.List;
import java.util.stream.Stream;

import dev.sluice.oci.RegistryName;
import dev.sluice.settings.InvalidSettingException;
import dev.sluice.settings.UpstreamProperties;
import dev.sluice.transport.Origin;
import dev.sluice.transport.TransportSettings;
import dev.sluice.transport.Url;
import dev.sluice.upstream.Upstream;
import org.jspecify.annotations.Nullable;

/**
 * Where upstreams are: reads their endpoints, and holds TLS settings against them.
 */
public final class Endpoints {

	private static final String FORM = "expected http(s)://host[:port] without a login or a path,"
			+ " for /v2/ is at the root";

	private Endpoints() {
	}

	/**
	 * Reads the endpoint of an upstream.
	 * @param property the upstream's property
	 * @param given its settings
	 * @param name its name
	 * @return where its API is
	 * @throws InvalidSettingException if it is no endpoint, if there is a second one,
	 * which would never be asked, or if TLS settings would have no effect there
	 */
	static Origin read(String property, UpstreamProperties given, RegistryName name) {
		String endpoints = property + ".endpoints";
		List<Origin> read = given.endpoints()
			.stream()
			.map((text) -> InvalidSettingException.read(endpoints, text, Endpoints::endpoint))
			.toList();
		if (read.size() > 1) {
			throw new InvalidSettingException(endpoints, read.get(1),
					"only the first endpoint is used: leave the others out");
		}
		Origin endpoint = read.isEmpty() ? usual(name) : read.getFirst();
		requireTls(property + ".tls", endpoint, given.tls());
		return endpoint;
	}

	/**
	 * Where a registry is that has no settings.
	 * @param name its name
	 * @return its endpoint: on this machine by plain HTTP, as Docker does
	 */
	static Origin usual(RegistryName name) {
		if (name.isDockerHub()) {
			return Origin.of("https", "registry-1.docker.io");
		}
		boolean here = name.host().equals("localhost") || name.host().startsWith("127.") || name.host().equals("[::1]");
		return Origin.of(here ? "http" : "https", name.toString());
	}

	private static Origin endpoint(String text) {
		Url url;
		try {
			url = Url.parse(text.strip());
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(FORM + "; " + ex.getMessage());
		}
		String host = url.origin().authority().replaceFirst("\\.(?=:|$)", "");
		if (text.indexOf('#') >= 0 || !url.target().equals("/") || RegistryName.tryParse(host).isEmpty()) {
			throw new IllegalArgumentException(FORM);
		}
		return url.origin();
	}

	/** A certificate authority may be meant for its token server. */
	private static void requireTls(String property, Origin endpoint, UpstreamProperties.Tls tls) {
		if (!endpoint.isSecure()) {
			refuse(tls.skipVerify(), property + ".skip-verify", "true", endpoint);
			refuse(tls.certificate() != null, property + ".certificate", tls.certificate(), endpoint);
			refuse(tls.key() != null, property + ".key", tls.key(), endpoint);
		}
	}

	private static void refuse(boolean given, String property, @Nullable Object value, Origin endpoint) {
		if (given) {
			throw new InvalidSettingException(property, value,
					"its endpoint " + endpoint + " is plain HTTP: write https:// in endpoints, or leave tls out");
		}
	}

	/**
	 * Says what is weak about the connections of an upstream, though it is allowed.
	 * @param upstream its settings
	 * @return a sentence, or none
	 */
	static Stream<String> weakPoints(Upstream upstream) {
		TransportSettings.Tls tls = upstream.transport().tls();
		Origin endpoint = upstream.endpoints().getFirst();
		if (tls.skipVerify()) {
			return Stream
				.of("Upstream " + upstream.name() + ": its certificate isn't checked (tls.skip-verify), so that"
						+ " anyone on the way to " + endpoint + " can read its credential and give other images");
		}
		return (tls.certificateAuthority() != null && !endpoint.isSecure())
				? Stream.of("Upstream " + upstream.name() + ": its endpoint " + endpoint
						+ " is plain HTTP; tls.certificate-authority counts for its token server and redirects alone")
				: Stream.empty();
	}

}
