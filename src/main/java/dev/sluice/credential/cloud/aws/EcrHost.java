package dev.sluice.credential.cloud.aws;

import java.net.URI;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.sluice.oci.RegistryName;

/**
 * What the name of a private ECR registry says, in all partitions. Immutable.
 *
 * @param account the account, twelve digits
 * @param region the region
 * @param fips whether the FIPS endpoint is meant
 * @param suffix the domain of the partition, and whether dual-stack is meant
 */
record EcrHost(String account, String region, boolean fips, String suffix) {

	private static final int HTTPS_PORT = 443;

	private static final Pattern FORM = Pattern
		.compile("(?<account>\\d{12})\\.dkr[.-]ecr(?<fips>-fips)?\\.(?<region>[a-z0-9][a-z0-9_-]*)\\."
				+ "(?<suffix>amazonaws\\.(?:com(?:\\.cn)?|eu)|on\\.(?:aws|amazonwebservices\\.com\\.cn)"
				+ "|sc2s\\.sgov\\.gov|c2s\\.ic\\.gov|cloud\\.adc-e\\.uk|csp\\.hci\\.ic\\.gov)");

	static Optional<EcrHost> parse(RegistryName name) {
		Matcher host = FORM.matcher(name.host());
		boolean usual = name.port().isEmpty() || name.port().equals(OptionalInt.of(HTTPS_PORT));
		return (usual && host.matches()) ? Optional.of(new EcrHost(host.group("account"), host.group("region"),
				host.group("fips") != null, host.group("suffix"))) : Optional.empty();
	}

	/**
	 * Where passwords for it are asked for.
	 * @return the ECR API's endpoint in its region
	 */
	URI endpoint() {
		String ecr = this.fips ? "ecr-fips." : "ecr.";
		return URI.create("https://" + switch (this.suffix) {
			case "on.aws" -> ecr + this.region + ".api.aws/";
			case "on.amazonwebservices.com.cn" -> ecr + this.region + ".api.amazonwebservices.com.cn/";
			default -> (this.fips ? ecr : "api.ecr.") + this.region + "." + this.suffix + "/";
		});
	}

}
