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

/**
 * An application of Entra ID: a service principal with a client secret, or with the token
 * of a service account (workload identity on AKS). OAuth 2 client credentials, RFC 6749
 * 4.4 and RFC 7523 2.2. The token's file is read each time. Blocks; thread-safe.
 */
final class Application {

	private static final String SECRET = "AZURE_CLIENT_SECRET";

	private static final String TOKEN_FILE = "AZURE_FEDERATED_TOKEN_FILE";

	private static final String TOKEN = "AZURE_FEDERATED_TOKEN";

	private final AzureVariables variables;

	private final CloudCalls calls;

	Application(AzureVariables variables, CloudCalls calls) {
		this.variables = variables;
		this.calls = calls;
	}

	/**
	 * Asks Entra ID for a token.
	 * @param cloud the registry's cloud
	 * @return the token, or empty if no application is set up
	 * @throws CloudException if it gives none
	 */
	Optional<AzureToken> find(AzureCloud cloud) {
		return bySecret(cloud).or(() -> byFederation(cloud));
	}

	private Optional<AzureToken> bySecret(AzureCloud cloud) {
		return this.variables.get(SECRET)
			.map((secret) -> ask(cloud, "service principal", SECRET, new QueryParameters().add("client_secret", secret),
					secret));
	}

	private Optional<AzureToken> byFederation(AzureCloud cloud) {
		String variable = this.variables.get(TOKEN_FILE).isPresent() ? TOKEN_FILE : TOKEN;
		return this.variables.get(TOKEN_FILE)
			.map((file) -> CloudText.file(TOKEN_FILE, file))
			.or(() -> this.variables.get(TOKEN))
			.map((token) -> ask(cloud, "workload identity", variable,
					new QueryParameters()
						.add("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
						.add("client_assertion", token),
					token));
	}

	private AzureToken ask(AzureCloud cloud, String what, String variable, QueryParameters form, String secret) {
		String client = this.variables.required("AZURE_CLIENT_ID", variable);
		String tenant = this.variables.required("AZURE_TENANT_ID", variable);
		String authority = this.variables.get("AZURE_AUTHORITY_HOST").orElse(cloud.authority());
		URI uri = URI.create(CloudText.withoutSlashes(authority) + "/" + tenant + "/oauth2/v2.0/token");
		form.add("client_id", client)
			.add("grant_type", "client_credentials")
			.add("scope", cloud.resource() + "/.default");
		Reply reply = this.calls.post(uri, new DefaultHttpHeaders(), form.toString());
		String kind = what + " " + client;
		if (!reply.isGood()) {
			throw new CloudException(uri.getAuthority() + " answers " + reply.status() + words(reply, secret)
					+ " to the " + kind + ": " + advice(variable));
		}
		return new AzureToken(kind, new Secret(reply.member(uri.getAuthority(), "access_token")));
	}

	private static String advice(String variable) {
		return variable.equals(SECRET) ? "is " + SECRET + " the secret's value, and not expired?"
				: "does the identity have a federated credential for this service account and issuer?";
	}

	/** Its first sentence has the code (AADSTS…); then come ids of its log. */
	private static String words(Reply reply, String secret) {
		String text = reply.text("error_description").or(() -> reply.text("error")).orElse("");
		String line = text.lines().findFirst().orElse("");
		int ids = line.indexOf(" Trace ID: ");
		String first = (ids < 0) ? line : line.substring(0, ids);
		return (first.isEmpty() || first.contains(secret)) ? "" : " " + Printable.of(first);
	}

}
