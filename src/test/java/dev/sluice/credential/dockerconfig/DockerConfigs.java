package dev.sluice.credential.dockerconfig;

import java.util.Base64;
import java.util.Optional;

import dev.sluice.credential.Credential;
import dev.sluice.credential.Secret;
import dev.sluice.oci.RegistryName;
import dev.sluice.oci.RepositoryName;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Makes and reads config.json, with apostrophes for quotes. */
final class DockerConfigs {

	private DockerConfigs() {
	}

	static DockerConfig parse(String json) {
		try {
			return new DockerConfigParser().parse(bytes(json.replace('\'', '"')));
		}
		catch (MalformedConfigException ex) {
			throw new AssertionError(ex);
		}
	}

	static Credential credential(String json, String registry) {
		DockerConfig config = parse(json);
		assertThat(config.problems()).isEmpty();
		return find(config, registry, null).orElseThrow();
	}

	static Optional<Credential> find(DockerConfig config, String registry, @Nullable String repository) {
		return config.find(RegistryName.parse(registry), (repository != null) ? new RepositoryName(repository) : null)
			.map(StoredLogin::credential);
	}

	static Credential basic(String username, String password) {
		return new Credential.Basic(username, new Secret(password));
	}

	static String auths(String key, String entry) {
		return "{'auths':{'" + key + "':" + entry + "}}";
	}

	static String auth(String login) {
		return "{'auth':'" + base64(login) + "'}";
	}

	static String base64(String text) {
		return Base64.getEncoder().encodeToString(bytes(text));
	}

	static byte[] bytes(String text) {
		return text.getBytes(UTF_8);
	}

}
