package dev.sluice.credential.cloud.aws;

import java.net.URI;
import java.util.Optional;
import java.util.Set;

import dev.sluice.credential.cloud.CloudCalls;
import dev.sluice.credential.cloud.CloudIdentity;
import dev.sluice.credential.cloud.Issue;
import dev.sluice.oci.RegistryName;
import org.jspecify.annotations.Nullable;

/**
 * A password for ECR Public, which raises its limits. It is only to be had in us-east-1.
 */
public final class EcrPublicIdentity implements CloudIdentity {

	private static final RegistryName REGISTRY = RegistryName.parse("public.ecr.aws");

	private static final Set<RegistryName> NAMES = Set.of(REGISTRY, RegistryName.parse("ecr-public.aws.com"));

	private static final String REGION = "us-east-1";

	private static final URI ENDPOINT = URI.create("https://api.ecr-public.us-east-1.amazonaws.com/");

	private final AwsIdentities identities;

	private final AuthorizationTokens tokens;

	private final AuthorizationTokens.Question question;

	/**
	 * Asks nobody yet.
	 * @param identities who we are
	 * @param calls calls to the API
	 * @param endpoint the API's endpoint, or null for its own
	 */
	public EcrPublicIdentity(AwsIdentities identities, CloudCalls calls, @Nullable URI endpoint) {
		this.identities = identities;
		this.tokens = new AuthorizationTokens(calls);
		this.question = new AuthorizationTokens.Question((endpoint != null) ? endpoint : ENDPOINT, REGION, "ecr-public",
				"SpencerFrontendService.GetAuthorizationToken", "{}",
				"ecr-public:GetAuthorizationToken and sts:GetServiceBearerToken "
						+ "(the policy AmazonElasticContainerRegistryPublicReadOnly has them), or turn it off with "
						+ "sluice.credentials.cloud.ecr-public.enabled=false; until then it is asked as nobody");
	}

	@Override
	public String name() {
		return "AWS identity for ECR Public";
	}

	@Override
	public Optional<RegistryName> issuer(RegistryName host) {
		return NAMES.contains(host) ? Optional.of(REGISTRY) : Optional.empty();
	}

	@Override
	public Issue issue(RegistryName issuer) {
		return this.identities.find(REGION)
			.<Issue>map((identity) -> this.tokens.get(identity, this.question))
			.orElseGet(() -> new Issue.Absent(EcrIdentity.ABSENT));
	}

}
