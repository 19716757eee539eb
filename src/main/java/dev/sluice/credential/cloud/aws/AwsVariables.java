package dev.sluice.credential.cloud.aws;

import java.util.Map;
import java.util.Optional;

import dev.sluice.credential.cloud.CloudText;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/**
 * The environment variables of AWS. Empty ones count as unset. Immutable; printing it
 * shows none of them.
 */
final class AwsVariables {

	private final Map<String, String> variables;

	AwsVariables(Map<String, String> variables) {
		this.variables = Map.copyOf(variables);
	}

	Optional<String> get(String name) {
		return Optional.ofNullable(this.variables.get(name))
			.map((value) -> CloudText.line(name, value))
			.filter((value) -> !value.isEmpty());
	}

	boolean isTrue(String name) {
		return get(name).filter("true"::equalsIgnoreCase).isPresent();
	}

	Optional<String> region() {
		return get("AWS_REGION").or(() -> get("AWS_DEFAULT_REGION"));
	}

	/**
	 * The access key in the environment.
	 * @return who that is, if it is whole
	 */
	Optional<AwsIdentity> accessKey() {
		return get("AWS_ACCESS_KEY_ID").flatMap((id) -> get("AWS_SECRET_ACCESS_KEY")
			.map((secret) -> new AwsIdentity("access key in AWS_ACCESS_KEY_ID", credentials(id, secret))));
	}

	private AwsCredentialsIdentity credentials(String id, String secret) {
		return get("AWS_SESSION_TOKEN")
			.<AwsCredentialsIdentity>map((token) -> AwsSessionCredentialsIdentity.create(id, secret, token))
			.orElseGet(() -> AwsCredentialsIdentity.create(id, secret));
	}

}
