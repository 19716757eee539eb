package dev.sluice.credential.cloud;

import java.net.URI;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where clouds keep their metadata and identity services, beside the machine: addresses
 * that no registry may name.
 */
public final class MetadataHosts {

	private static final Set<String> KNOWN = Set.of("169.254.169.254", "[fd00:ec2::254]", "169.254.170.2",
			"169.254.170.23", "[fd00:ec2::23]", "metadata.google.internal");

	private MetadataHosts() {
	}

	/**
	 * The known ones, and those that the environment names.
	 * @param variables the environment variables
	 * @return names and addresses
	 */
	public static Set<String> of(Map<String, String> variables) {
		Set<String> hosts = new HashSet<>(KNOWN);
		Stream.of("IDENTITY_ENDPOINT", "AZURE_POD_IDENTITY_AUTHORITY_HOST")
			.map((name) -> variables.getOrDefault(name, ""))
			.forEach((url) -> add(hosts, url));
		add(hosts, "http://" + variables.getOrDefault("GCE_METADATA_HOST", ""));
		return Set.copyOf(hosts);
	}

	private static void add(Set<String> hosts, String url) {
		try {
			String host = URI.create(url.strip()).getHost();
			if (host != null) {
				hosts.add(host);
			}
		}
		catch (IllegalArgumentException ex) {
			// told of when the service is asked
		}
	}

}
