package dev.sluice.credential.cloud.aws;

import java.net.URI;
import java.util.Optional;

import dev.sluice.credential.cloud.CloudCalls;
import dev.sluice.credential.cloud.CloudIdentity;
import dev.sluice.credential.cloud.Issue;
import dev.sluice.oci.RegistryName;
import org.jspecify.annotations.Nullable;

/**
 * Passwords for private ECR registries, good for twelve hours. Region, account and the
 * kind of endpoint are in the registry's name.
 */
public final class EcrIdentity implements CloudIdentity {

	/** Said where no identity was found. */
	static final String ABSENT = "no access key in the environment, no web identity, no profile, "
			+ "no container credentials and no EC2 instance role";

	private final AwsIdentities identities;

	private final AuthorizationTokens tokens;

	private final @Nullable URI endpoint;

	/**
	 * Asks nobody yet.
	 * @param identities who we are
	 * @param calls calls to the API
	 * @param endpoint the API's endpoint, or null for the region's own
	 */
	public EcrIdentity(AwsIdentities identities, CloudCalls calls, @Nullable URI endpoint) {
		this.identities = identities;
		this.tokens = new AuthorizationTokens(calls);
		this.endpoint = endpoint;
	}

	@Override
	public String name() {
		return "AWS identity for ECR";
	}

	@Override
	public Optional<RegistryName> issuer(RegistryName host) {
		return EcrHost.parse(host).map((_) -> host);
	}

	@Override
	public Issue issue(RegistryName issuer) {
		EcrHost host = EcrHost.parse(issuer).orElseThrow();
		return this.identities.find(host.region())
			.<Issue>map((identity) -> this.tokens.get(identity, question(host)))
			.orElseGet(() -> new Issue.Absent(ABSENT));
	}

	private AuthorizationTokens.Question question(EcrHost host) {
		return new AuthorizationTokens.Question((this.endpoint != null) ? this.endpoint : host.endpoint(),
				host.region(), "ecr", "AmazonEC2ContainerRegistry_V20150921.GetAuthorizationToken",
				"{\"registryIds\":[\"" + host.account() + "\"]}",
				"ecr:GetAuthorizationToken (the policy AmazonEC2ContainerRegistryReadOnly has it)");
	}

}
