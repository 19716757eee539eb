package dev.sluice.credential.cloud.aws;

import java.net.URI;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import dev.sluice.credential.cloud.CloudCalls;
import dev.sluice.credential.cloud.CloudIdentity;
import dev.sluice.oci.RegistryName;
import dev.sluice.testing.Matching;
import dev.sluice.testing.StandIn;
import dev.sluice.transport.Network;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Stands in for ECR, and gives {@code p4ss}; what asks it, with a home and variables of
 * its own.
 */
final class StandInEcr implements AutoCloseable {

	static final RegistryName REGISTRY = RegistryName.parse("123456789012.dkr.ecr.eu-central-1.amazonaws.com");

	static final Map<String, String> ACCESS_KEY = Map.of("AWS_ACCESS_KEY_ID", "AKIDTEST", "AWS_SECRET_ACCESS_KEY",
			"very/secret");

	final StandIn server = StandIn.start().answer(Matching.method("POST"), token("p4ss"));

	private final Network network = Network.system("sluice/test");

	final CloudCalls services = CloudCalls.toServices(this.network);

	private final CloudCalls metadata = CloudCalls.toMetadata(this.network, Set.of());

	private final Path home;

	StandInEcr(Path home) {
		this.home = home;
	}

	CloudIdentity askedWith(Map<String, String> variables) {
		return new EcrIdentity(identities(variables), this.services, uri());
	}

	URI uri() {
		return URI.create(this.server.url() + "/");
	}

	AwsIdentities identities(Map<String, String> variables) {
		Map<String, String> all = new HashMap<>(variables);
		if (!variables.containsKey("AWS_EC2_METADATA_SERVICE_ENDPOINT")) {
			all.put("AWS_EC2_METADATA_DISABLED", "true");
		}
		return new AwsIdentities(all, this.home, this.metadata);
	}

	static Map<String, String> with(Map<String, String> variables, String name, String value) {
		Map<String, String> all = new HashMap<>(variables);
		all.put(name, value);
		return all;
	}

	private static String token(String password) {
		return "{\"authorizationData\":[{\"authorizationToken\":\"" + encoded(password)
				+ "\",\"expiresAt\":4102444800.123,\"proxyEndpoint\":\"https://" + REGISTRY + "\"}]}";
	}

	static String encoded(String password) {
		return Base64.getEncoder().encodeToString(("AWS:" + password).getBytes(UTF_8));
	}

	@Override
	public void close() {
		this.server.close();
		this.services.close();
		this.metadata.close();
	}

}
