package dev.sluice.credential.cloud.azure;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

import dev.sluice.credential.Credential;
import dev.sluice.credential.Secret;
import dev.sluice.credential.cloud.CloudCalls;
import dev.sluice.credential.cloud.CloudException;
import dev.sluice.credential.cloud.CloudIdentity;
import dev.sluice.credential.cloud.Expiry;
import dev.sluice.credential.cloud.Issue;
import dev.sluice.credential.cloud.Reply;
import dev.sluice.json.FieldPaths;
import dev.sluice.json.JwtClaims;
import dev.sluice.oci.Printable;
import dev.sluice.oci.QueryParameters;
import dev.sluice.oci.RegistryName;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Refresh tokens of Azure's registries, which take an access token of Entra ID for them
 * ({@code /oauth2/exchange}). They live for about three hours.
 */
public final class AcrIdentity implements CloudIdentity {

	/** The user name that marks a password as a refresh token. */
	private static final String NOBODY = "00000000-0000-0000-0000-000000000000";

	private static final Duration UNTOLD = Duration.ofHours(1);

	private static final FieldPaths EXPIRY = FieldPaths.of("exp");

	private final AzureVariables variables;

	private final Application application;

	private final ManagedIdentity managed;

	private final CloudCalls calls;

	private final InstantSource clock;

	private final @Nullable URI endpoint;

	/**
	 * Asks nobody yet.
	 * @param variables the environment variables
	 * @param services calls to Entra ID and the registries
	 * @param metadata calls to Azure's identity services
	 * @param clock the time by which tokens of untold life expire
	 * @param endpoint where the exchange is asked for, or null for the registry itself
	 */
	public AcrIdentity(Map<String, String> variables, CloudCalls services, CloudCalls metadata, InstantSource clock,
			@Nullable URI endpoint) {
		this.variables = new AzureVariables(variables);
		this.application = new Application(this.variables, services);
		this.managed = new ManagedIdentity(this.variables, metadata);
		this.calls = services;
		this.clock = clock;
		this.endpoint = endpoint;
	}

	@Override
	public String name() {
		return "Azure identity for ACR";
	}

	@Override
	public Optional<RegistryName> issuer(RegistryName host) {
		return AzureCloud.of(host).map((_) -> host);
	}

	@Override
	public Issue issue(RegistryName issuer) {
		AzureCloud cloud = AzureCloud.of(issuer).orElseThrow();
		return this.application.find(cloud)
			.or(() -> this.managed.find(cloud))
			.<Issue>map((token) -> exchange(issuer, token))
			.orElseGet(() -> new Issue.Absent(
					"no AZURE_CLIENT_SECRET, no AZURE_FEDERATED_TOKEN_FILE and no managed " + "identity"));
	}

	private Issue exchange(RegistryName registry, AzureToken token) {
		QueryParameters form = new QueryParameters().add("grant_type", "access_token").add("service", registry.host());
		this.variables.get("AZURE_TENANT_ID").ifPresent((tenant) -> form.add("tenant", tenant));
		form.add("access_token", token.value().reveal());
		Reply reply = this.calls.post(base(registry).resolve("/oauth2/exchange"), new DefaultHttpHeaders(),
				form.toString());
		if (!reply.isGood()) {
			throw refused(registry, token, reply);
		}
		String refresh = reply.member(registry.toString(), "refresh_token");
		Instant end = JwtClaims.of(refresh, EXPIRY)
			.text("exp")
			.flatMap(Expiry::at)
			.orElseGet(() -> this.clock.instant().plus(UNTOLD));
		return new Issue.Granted(new Credential.IdentityToken(NOBODY, new Secret(refresh)), end);
	}

	private URI base(RegistryName registry) {
		return (this.endpoint != null) ? this.endpoint : URI.create("https://" + registry);
	}

	private static CloudException refused(RegistryName registry, AzureToken token, Reply reply) {
		String said = reply.text("errors[0].message").orElse("");
		String words = (said.isEmpty() || said.contains(token.value().reveal())) ? "" : " " + Printable.of(said);
		String advice = (reply.status() == 401 || reply.status() == 403) ? ": grant it AcrPull on the registry" : "";
		return new CloudException(registry + " answers " + reply.status() + words + " to the " + token.kind() + advice);
	}

}
