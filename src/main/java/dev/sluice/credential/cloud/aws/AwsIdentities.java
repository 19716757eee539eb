package dev.sluice.credential.cloud.aws;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

import dev.sluice.credential.cloud.CloudCalls;
import dev.sluice.credential.cloud.CloudException;
import dev.sluice.oci.Printable;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Finds out who we are at AWS, by the SDK's default chain: access keys in the
 * environment, web identity (IRSA), the profile, the container (ECS, EKS Pod Identity),
 * the EC2 instance. Unlike in the SDK, an identity that is set up and fails ends the
 * search with its error. Nothing is kept. Blocks; thread-safe.
 */
public final class AwsIdentities {

	private final AwsVariables variables;

	private final WebIdentity webIdentity;

	private final AwsProfile profile;

	private final ContainerIdentity container;

	private final InstanceIdentity instance;

	/**
	 * Looks nothing up yet.
	 * @param variables the environment variables
	 * @param home the user's home directory
	 * @param metadata calls to the container's credential service
	 */
	public AwsIdentities(Map<String, String> variables, Path home, CloudCalls metadata) {
		this.variables = new AwsVariables(variables);
		this.webIdentity = new WebIdentity(this.variables);
		this.profile = new AwsProfile(this.variables, home);
		this.container = new ContainerIdentity(this.variables, metadata);
		this.instance = new InstanceIdentity(this.variables);
	}

	/**
	 * Finds out.
	 * @param region where what is signed goes to, unless the environment has a region
	 * @return who we are, or empty if AWS doesn't know this process
	 * @throws CloudException if an identity is set up and fails
	 */
	Optional<AwsIdentity> find(String region) {
		return Stream
			.<Supplier<Optional<AwsIdentity>>>of(this.variables::accessKey, () -> this.webIdentity.find(region),
					this.profile::find, this.container::find, this.instance::find)
			.map(Supplier::get)
			.flatMap(Optional::stream)
			.findFirst();
	}

	/**
	 * What the SDK's failure means, in words without any secret.
	 * @param failure what it threw
	 * @return the service's own code and message, or the SDK's message
	 */
	static String words(RuntimeException failure) {
		@Nullable String message = failure.getMessage();
		return switch (failure) {
			case AwsServiceException ex when ex.awsErrorDetails() != null ->
				Printable.of(ex.awsErrorDetails().errorCode() + " " + ex.awsErrorDetails().errorMessage());
			case SdkException _ when message != null -> Printable.of(message);
			default -> failure.getClass().getSimpleName();
		};
	}

}
