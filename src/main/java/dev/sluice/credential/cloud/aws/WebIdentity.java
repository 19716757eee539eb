package dev.sluice.credential.cloud.aws;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import dev.sluice.credential.cloud.CloudException;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.StsClientBuilder;
import software.amazon.awssdk.services.sts.auth.StsWebIdentityTokenFileCredentialsProvider;

/**
 * The role that a service account's token stands for: IRSA on EKS, and OIDC elsewhere
 * ({@code AWS_WEB_IDENTITY_TOKEN_FILE}, {@code AWS_ROLE_ARN}). The file is read each
 * time. Blocks; thread-safe.
 */
final class WebIdentity {

	private static final Duration CONNECT = Duration.ofSeconds(5);

	private static final Duration ANSWER = Duration.ofSeconds(10);

	private final AwsVariables variables;

	WebIdentity(AwsVariables variables) {
		this.variables = variables;
	}

	/**
	 * Asks STS for the role's credentials.
	 * @param region whose STS is asked, unless the environment has a region
	 * @return the role, or empty if none is set up
	 * @throws CloudException if STS gives none
	 */
	Optional<AwsIdentity> find(String region) {
		return this.variables.get("AWS_WEB_IDENTITY_TOKEN_FILE")
			.flatMap((file) -> this.variables.get("AWS_ROLE_ARN").map((role) -> assume(file, role, region)));
	}

	private AwsIdentity assume(String file, String role, String region) {
		String kind = "web identity " + role;
		try (StsClient sts = sts(region);
				StsWebIdentityTokenFileCredentialsProvider provider = provider(sts, file, role)) {
			return new AwsIdentity(kind, provider.resolveCredentials());
		}
		catch (RuntimeException ex) {
			throw new CloudException(kind + " isn't given by STS: " + AwsIdentities.words(ex) + " (token file " + file
					+ "; the role's trust policy must allow sts:AssumeRoleWithWebIdentity to this service account)");
		}
	}

	private StsWebIdentityTokenFileCredentialsProvider provider(StsClient sts, String file, String role) {
		return StsWebIdentityTokenFileCredentialsProvider.builder()
			.stsClient(sts)
			.webIdentityTokenFile(Path.of(file))
			.roleArn(role)
			.roleSessionName(this.variables.get("AWS_ROLE_SESSION_NAME").orElse("sluice"))
			.build();
	}

	private StsClient sts(String region) {
		StsClientBuilder builder = StsClient.builder()
			.region(Region.of(this.variables.region().orElse(region)))
			.credentialsProvider(AnonymousCredentialsProvider.create())
			.httpClientBuilder(UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(ANSWER));
		this.variables.get("AWS_ENDPOINT_URL_STS")
			.or(() -> this.variables.get("AWS_ENDPOINT_URL"))
			.map(URI::create)
			.ifPresent(builder::endpointOverride);
		return builder.build();
	}

}
