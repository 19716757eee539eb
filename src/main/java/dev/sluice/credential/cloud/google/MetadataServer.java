package dev.sluice.credential.cloud.google;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

import dev.sluice.credential.Secret;
import dev.sluice.credential.cloud.CloudCalls;
import dev.sluice.credential.cloud.CloudException;
import dev.sluice.credential.cloud.Expiry;
import dev.sluice.credential.cloud.Reply;
import dev.sluice.oci.Printable;
import io.netty.handler.codec.http.DefaultHttpHeaders;

/**
 * The metadata server of Compute Engine, GKE (workload identity too) and Cloud Run, which
 * has tokens of the attached service account. Blocks, for a second where there is none;
 * thread-safe.
 */
final class MetadataServer {

	private static final String FLAVOR = "Metadata-Flavor";

	private static final String TOKEN = "/computeMetadata/v1/instance/service-accounts/default/token";

	private static final int NOT_FOUND = 404;

	private static final Duration UNTOLD = Duration.ofMinutes(1);

	private final Map<String, String> variables;

	private final CloudCalls calls;

	private final InstantSource clock;

	MetadataServer(Map<String, String> variables, CloudCalls calls, InstantSource clock) {
		this.variables = variables;
		this.calls = calls;
		this.clock = clock;
	}

	/**
	 * Asks for a token.
	 * @return the token, or empty if this is no machine of Google's, or has no service
	 * account
	 * @throws CloudException if it has one, and gets none
	 */
	Optional<GoogleToken> find() {
		if ("true".equalsIgnoreCase(this.variables.getOrDefault("NO_GCE_CHECK", ""))) {
			return Optional.empty();
		}
		return ask().filter(MetadataServer::isGoogles).filter((reply) -> reply.status() != NOT_FOUND).map(this::read);
	}

	private Optional<Reply> ask() {
		String host = Optional.of(this.variables.getOrDefault("GCE_METADATA_HOST", "").strip())
			.filter((text) -> !text.isEmpty())
			.orElse("169.254.169.254");
		try {
			return Optional.of(this.calls.get(URI.create("http://" + host + TOKEN),
					new DefaultHttpHeaders().set(FLAVOR, "Google")));
		}
		catch (CloudException.Unreachable ex) {
			return Optional.empty();
		}
	}

	/** Other clouds have a metadata service at that address too. */
	private static boolean isGoogles(Reply reply) {
		return "Google".equals(reply.headers().get(FLAVOR));
	}

	private GoogleToken read(Reply reply) {
		if (!reply.isGood()) {
			String words = reply.text("error_description").or(() -> reply.text("error")).orElse("");
			throw new CloudException("the metadata server answers " + reply.status() + " " + Printable.of(words)
					+ ": may the service account (with workload identity: may this Kubernetes service account use it)?");
		}
		return new GoogleToken(new Secret(reply.member("the metadata server", "access_token")),
				this.clock.instant().plus(reply.text("expires_in").flatMap(Expiry::in).orElse(UNTOLD)));
	}

}
