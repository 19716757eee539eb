package dev.sluice.credential.cloud.google;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

import dev.sluice.credential.Credential;
import dev.sluice.credential.cloud.CloudCalls;
import dev.sluice.credential.cloud.CloudIdentity;
import dev.sluice.credential.cloud.Issue;
import dev.sluice.credential.cloud.MetadataHosts;
import dev.sluice.oci.RegistryName;

/**
 * Access tokens for Artifact Registry and Container Registry, by application default
 * credentials: the credential file, then the metadata server. One token is good for all
 * of them, for an hour at most.
 */
public final class GoogleIdentity implements CloudIdentity {

	private static final RegistryName ALL = RegistryName.parse("gcr.io");

	private static final Pattern REGISTRY = Pattern.compile("gcr\\.io|[a-z0-9-]+\\.gcr\\.io|[a-z0-9-]+\\.pkg\\.dev");

	/** Mirrors that are for everybody. */
	private static final Set<String> PUBLIC = Set.of("mirror.gcr.io", "k8s.gcr.io");

	private static final int HTTPS_PORT = 443;

	private final CredentialFile file;

	private final MetadataServer metadata;

	/**
	 * Asks nobody yet.
	 * @param variables the environment variables
	 * @param home the user's home directory
	 * @param services calls to Google
	 * @param metadata calls to the metadata server
	 * @param clock the time by which tokens expire
	 */
	public GoogleIdentity(Map<String, String> variables, Path home, CloudCalls services, CloudCalls metadata,
			InstantSource clock) {
		CallTransport transport = new CallTransport(services, metadata, MetadataHosts.of(variables));
		this.file = new CredentialFile(variables, home, () -> transport);
		this.metadata = new MetadataServer(variables, metadata, clock);
	}

	@Override
	public String name() {
		return "Google identity";
	}

	@Override
	public Optional<RegistryName> issuer(RegistryName host) {
		boolean usual = host.port().isEmpty() || host.port().equals(OptionalInt.of(HTTPS_PORT));
		return (usual && REGISTRY.matcher(host.host()).matches() && !PUBLIC.contains(host.host())) ? Optional.of(ALL)
				: Optional.empty();
	}

	@Override
	public Issue issue(RegistryName issuer) {
		return this.file.find()
			.or(this.metadata::find)
			.<Issue>map(
					(token) -> new Issue.Granted(new Credential.Basic("oauth2accesstoken", token.value()), token.end()))
			.orElseGet(() -> new Issue.Absent("no GOOGLE_APPLICATION_CREDENTIALS, no application default credentials "
					+ "of gcloud and no metadata server with a service account"));
	}

}
