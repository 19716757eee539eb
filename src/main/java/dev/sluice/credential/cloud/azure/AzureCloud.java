package dev.sluice.credential.cloud.azure;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.sluice.oci.RegistryName;

/**
 * Azure's public and sovereign clouds, as the names of their registries tell them.
 */
enum AzureCloud {

	PUBLIC("io", "https://login.microsoftonline.com", "https://containerregistry.azure.net"),
	CHINA("cn", "https://login.chinacloudapi.cn", "https://management.chinacloudapi.cn"),
	GOVERNMENT("us", "https://login.microsoftonline.us", "https://management.usgovcloudapi.net"),
	GERMANY("de", "https://login.microsoftonline.de", "https://management.microsoftazure.de");

	private static final int HTTPS_PORT = 443;

	private static final Pattern REGISTRY = Pattern.compile("[a-z0-9-]+\\.azurecr\\.(?<suffix>io|cn|us|de)");

	private final String suffix;

	private final String authority;

	private final String resource;

	AzureCloud(String suffix, String authority, String resource) {
		this.suffix = suffix;
		this.authority = authority;
		this.resource = resource;
	}

	/**
	 * The cloud of a registry.
	 * @param name the registry
	 * @return its cloud, or empty if it is none of Azure's private registries
	 */
	static Optional<AzureCloud> of(RegistryName name) {
		Matcher host = REGISTRY.matcher(name.host());
		boolean usual = name.port().isEmpty() || name.port().equals(OptionalInt.of(HTTPS_PORT));
		return (usual && host.matches()) ? of(host.group("suffix")) : Optional.empty();
	}

	private static Optional<AzureCloud> of(String suffix) {
		for (AzureCloud cloud : values()) {
			if (cloud.suffix.equals(suffix)) {
				return Optional.of(cloud);
			}
		}
		return Optional.empty();
	}

	/** Where tokens of Entra ID are asked for. */
	String authority() {
		return this.authority;
	}

	/** For what a token is asked, so that registries take it. */
	String resource() {
		return this.resource;
	}

}
