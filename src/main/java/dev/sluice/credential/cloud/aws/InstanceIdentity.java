package dev.sluice.credential.cloud.aws;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Optional;

import dev.sluice.oci.Printable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.InstanceProfileCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.profiles.ProfileFile;

/**
 * The role of the EC2 instance, by its metadata service (IMDSv2). Nobody sets it up, so
 * that an instance without a role is one without an identity. Blocks, for a second where
 * there is no such service; thread-safe.
 */
final class InstanceIdentity {

	private static final Logger LOG = LoggerFactory.getLogger(InstanceIdentity.class);

	private static final int CONNECT_MILLISECONDS = 1000;

	private static final int HTTP_PORT = 80;

	private final AwsVariables variables;

	InstanceIdentity(AwsVariables variables) {
		this.variables = variables;
	}

	/**
	 * Asks the metadata service.
	 * @return the instance's role, or empty if there is no service or no role
	 */
	Optional<AwsIdentity> find() {
		if (this.variables.isTrue("AWS_EC2_METADATA_DISABLED") || !isThere(URI.create(endpoint()))) {
			return Optional.empty();
		}
		try (InstanceProfileCredentialsProvider provider = InstanceProfileCredentialsProvider.builder()
			.endpoint(endpoint())
			.profileFile(ProfileFile.aggregator().build())
			.build()) {
			return Optional.of(new AwsIdentity("EC2 instance role", provider.resolveCredentials()));
		}
		catch (SdkException ex) {
			LOG.debug("The EC2 instance has no role: {}", Printable.of(String.valueOf(ex.getMessage())));
			return Optional.empty();
		}
	}

	private String endpoint() {
		boolean ipv6 = this.variables.get("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE")
			.filter("IPv6"::equalsIgnoreCase)
			.isPresent();
		return this.variables.get("AWS_EC2_METADATA_SERVICE_ENDPOINT")
			.orElse(ipv6 ? "http://[fd00:ec2::254]" : "http://169.254.169.254");
	}

	/** The SDK would try for seconds. */
	private static boolean isThere(URI endpoint) {
		int port = (endpoint.getPort() >= 0) ? endpoint.getPort() : HTTP_PORT;
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress(endpoint.getHost(), port), CONNECT_MILLISECONDS);
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

}
