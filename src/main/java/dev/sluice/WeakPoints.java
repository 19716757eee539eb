package dev.sluice;

import java.util.stream.Stream;

import dev.sluice.transport.Origin;
import dev.sluice.transport.TransportSettings;
import dev.sluice.upstream.Upstream;

/**
 * Says what is weak about the connections of an upstream, though it is allowed.
 */
final class WeakPoints {

	private WeakPoints() {
	}

	/**
	 * Looks at an upstream.
	 * @param upstream its settings
	 * @return a sentence for each weak point
	 */
	static Stream<String> of(Upstream upstream) {
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
