package dev.sluice.credential.cloud.azure;

import java.net.URI;
import java.util.Optional;

import dev.sluice.credential.Secret;
import dev.sluice.credential.cloud.CloudCalls;
import dev.sluice.credential.cloud.CloudException;
import dev.sluice.credential.cloud.CloudText;
import dev.sluice.credential.cloud.Reply;
import dev.sluice.oci.Printable;
import dev.sluice.oci.QueryParameters;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;

/**
 * The identity that Azure gives to a machine (by its metadata service), or to an app of
 * App Service, Container Apps or Functions ({@code IDENTITY_ENDPOINT}). Of several,
 * {@code AZURE_CLIENT_ID} says which. Blocks, for a second where there is no such
 * service; thread-safe.
 */
final class ManagedIdentity {

	private static final String KIND = "managed identity";

	private static final int BAD_REQUEST = 400;

	private final AzureVariables variables;

	private final CloudCalls calls;

	ManagedIdentity(AzureVariables variables, CloudCalls calls) {
		this.variables = variables;
		this.calls = calls;
	}

	/**
	 * Asks for a token.
	 * @param cloud the registry's cloud
	 * @return the token, or empty if this is no machine of Azure's, or has no identity
	 * @throws CloudException if it has one, and gets none
	 */
	Optional<AzureToken> find(AzureCloud cloud) {
		return this.variables.get("IDENTITY_ENDPOINT")
			.flatMap((endpoint) -> this.variables.get("IDENTITY_HEADER").map((header) -> app(cloud, endpoint, header)))
			.or(() -> machine(cloud));
	}

	private AzureToken app(AzureCloud cloud, String endpoint, String header) {
		HttpHeaders headers = new DefaultHttpHeaders().set("X-IDENTITY-HEADER", header);
		Reply reply = this.calls.get(URI.create(endpoint + "?" + query(cloud, "2019-08-01")), headers);
		if (!reply.isGood()) {
			throw refused(reply);
		}
		return token(reply);
	}

	private Optional<AzureToken> machine(AzureCloud cloud) {
		String host = this.variables.get("AZURE_POD_IDENTITY_AUTHORITY_HOST").orElse("http://169.254.169.254");
		URI uri = URI
			.create(CloudText.withoutSlashes(host) + "/metadata/identity/oauth2/token?" + query(cloud, "2018-02-01"));
		Optional<Reply> answered = ask(uri);
		if (answered.filter((reply) -> !isOfOtherCloud(reply) && !isWithoutIdentity(reply)).isEmpty()) {
			return Optional.empty();
		}
		Reply reply = answered.orElseThrow();
		if (!reply.isGood()) {
			throw refused(reply);
		}
		return Optional.of(token(reply));
	}

	private Optional<Reply> ask(URI uri) {
		try {
			return Optional.of(this.calls.get(uri, new DefaultHttpHeaders().set("Metadata", "true")));
		}
		catch (CloudException.Unreachable ex) {
			return Optional.empty();
		}
	}

	/** Other clouds have a metadata service at that address too. */
	private static boolean isOfOtherCloud(Reply reply) {
		boolean ours = reply.isGood() || reply.status() == BAD_REQUEST || reply.status() == 410 || reply.status() == 429
				|| reply.status() >= 500;
		return !ours;
	}

	private boolean isWithoutIdentity(Reply reply) {
		return reply.status() == BAD_REQUEST && this.variables.get("AZURE_CLIENT_ID").isEmpty()
				&& words(reply).contains("Identity not found");
	}

	private String query(AzureCloud cloud, String version) {
		QueryParameters query = new QueryParameters().add("api-version", version).add("resource", cloud.resource());
		this.variables.get("AZURE_CLIENT_ID").ifPresent((client) -> query.add("client_id", client));
		return query.toString();
	}

	private static AzureToken token(Reply reply) {
		return new AzureToken(KIND, new Secret(reply.member("Azure's identity service", "access_token")));
	}

	private static CloudException refused(Reply reply) {
		return new CloudException("Azure's identity service answers " + reply.status() + " "
				+ Printable.of(words(reply)) + ": is there a " + KIND
				+ ", and, if there are several, does AZURE_CLIENT_ID name one of them?");
	}

	private static String words(Reply reply) {
		return reply.text("error_description").or(() -> reply.text("message")).orElse("");
	}

}
