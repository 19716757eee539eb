package dev.sluice.credential.cloud.aws;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.sluice.credential.cloud.CloudException;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;

/**
 * The profile in {@code ~/.aws/config} and {@code ~/.aws/credentials}, with all that one
 * may say: keys, a role to assume, SSO, {@code credential_process}. The files are read
 * each time. Blocks; thread-safe.
 */
final class AwsProfile {

	private static final Set<String> IDENTITIES = Set.of("aws_access_key_id", "role_arn", "credential_process",
			"sso_session", "sso_start_url", "web_identity_token_file");

	private final AwsVariables variables;

	private final Path home;

	AwsProfile(AwsVariables variables, Path home) {
		this.variables = variables;
		this.home = home;
	}

	/**
	 * Asks for what the profile says.
	 * @return who that is, or empty if no profile has an identity
	 * @throws CloudException if it can't be had, or the profile that is chosen isn't
	 * there
	 */
	Optional<AwsIdentity> find() {
		Optional<String> chosen = this.variables.get("AWS_PROFILE").or(() -> this.variables.get("AWS_DEFAULT_PROFILE"));
		String name = chosen.orElse("default");
		try {
			ProfileFile file = read();
			Optional<Profile> profile = file.profile(name);
			if (profile.isEmpty() && chosen.isPresent()) {
				throw new CloudException(
						"AWS_PROFILE names '" + name + "', which is in neither " + config() + " nor " + credentials());
			}
			return profile.filter((it) -> hasIdentity(it.properties())).map((_) -> resolve(file, name));
		}
		catch (CloudException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			throw new CloudException("profile '" + name + "' gives no credentials: " + AwsIdentities.words(ex));
		}
	}

	private static AwsIdentity resolve(ProfileFile file, String name) {
		try (ProfileCredentialsProvider provider = ProfileCredentialsProvider.builder()
			.profileFile(file)
			.profileName(name)
			.build()) {
			return new AwsIdentity("profile '" + name + "'", provider.resolveCredentials());
		}
	}

	private static boolean hasIdentity(Map<String, String> properties) {
		return IDENTITIES.stream().anyMatch(properties::containsKey);
	}

	private ProfileFile read() {
		ProfileFile.Aggregator all = ProfileFile.aggregator();
		add(all, credentials(), ProfileFile.Type.CREDENTIALS);
		add(all, config(), ProfileFile.Type.CONFIGURATION);
		return all.build();
	}

	private static void add(ProfileFile.Aggregator all, Path path, ProfileFile.Type type) {
		if (Files.isReadable(path)) {
			all.addFile(ProfileFile.builder().content(path).type(type).build());
		}
	}

	private Path credentials() {
		return this.variables.get("AWS_SHARED_CREDENTIALS_FILE")
			.map(Path::of)
			.orElse(this.home.resolve(".aws/credentials"));
	}

	private Path config() {
		return this.variables.get("AWS_CONFIG_FILE").map(Path::of).orElse(this.home.resolve(".aws/config"));
	}

}
