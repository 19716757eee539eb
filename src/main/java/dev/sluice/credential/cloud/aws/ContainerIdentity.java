package dev.sluice.credential.cloud.aws;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import dev.sluice.credential.cloud.CloudCalls;
import dev.sluice.credential.cloud.CloudException;
import dev.sluice.credential.cloud.CloudText;
import dev.sluice.credential.cloud.Reply;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/**
 * The role of a container: an ECS task's, or a pod's by EKS Pod Identity
 * ({@code AWS_CONTAINER_CREDENTIALS_RELATIVE_URI} or {@code …_FULL_URI}). The SDK's own
 * takes these variables from the process alone. Blocks; thread-safe.
 */
final class ContainerIdentity {

	/** Where ECS's and EKS's services are: the only hosts that may be asked by http. */
	private static final Set<String> HOSTS = Set.of("169.254.170.2", "169.254.170.23", "[fd00:ec2::23]");

	private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

	private static final String KIND = "container credentials";

	private final AwsVariables variables;

	private final CloudCalls calls;

	ContainerIdentity(AwsVariables variables, CloudCalls calls) {
		this.variables = variables;
		this.calls = calls;
	}

	/**
	 * Asks the container's credential service.
	 * @return the role, or empty if there is no such service
	 * @throws CloudException if it gives no credentials
	 */
	Optional<AwsIdentity> find() {
		return this.variables.get("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI")
			.map((path) -> "http://169.254.170.2" + path)
			.or(() -> this.variables.get("AWS_CONTAINER_CREDENTIALS_FULL_URI"))
			.map(ContainerIdentity::checked)
			.map(this::ask);
	}

	private static URI checked(String text) {
		try {
			URI uri = new URI(text);
			if ("https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && isBeside(uri))) {
				return uri;
			}
		}
		catch (URISyntaxException ex) {
			// said below
		}
		throw new CloudException("AWS_CONTAINER_CREDENTIALS_FULL_URI must be https, or http at loopback or the"
				+ " credential services of ECS and EKS");
	}

	private static boolean isBeside(URI uri) {
		return Stream.concat(HOSTS.stream(), LOOPBACK.stream()).anyMatch((host) -> host.equals(uri.getHost()));
	}

	private AwsIdentity ask(URI uri) {
		HttpHeaders headers = new DefaultHttpHeaders();
		token().ifPresent((token) -> headers.set(HttpHeaderNames.AUTHORIZATION, token));
		Reply reply = this.calls.get(uri, headers);
		String service = KIND + " service " + uri.getAuthority();
		if (!reply.isGood()) {
			throw new CloudException(service + " answers " + reply.status());
		}
		return new AwsIdentity(KIND, AwsSessionCredentialsIdentity.create(reply.member(service, "AccessKeyId"),
				reply.member(service, "SecretAccessKey"), reply.member(service, "Token")));
	}

	private Optional<String> token() {
		return this.variables.get("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE")
			.map((file) -> CloudText.file("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", file))
			.or(() -> this.variables.get("AWS_CONTAINER_AUTHORIZATION_TOKEN"));
	}

}
