package dev.sluice.credential.dockerconfig;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.sluice.credential.Credential;
import dev.sluice.credential.Login;
import dev.sluice.credential.Secret;
import dev.sluice.credential.helper.CredentialHelpers;
import dev.sluice.oci.RegistryName;
import dev.sluice.testing.HelperScript;
import dev.sluice.testing.Logins;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which of a configuration's logins counts, where helpers keep some of them.
 */
class LoginLookupTests {

	private static final RegistryName REGISTRY = RegistryName.parse("r.example");

	private static final String AUTHS = "\"auths\":{\"r.example\":{\"username\":\"file\",\"password\":\"p\"}}";

	private @TempDir Path directory;

	@SuppressWarnings("NullAway.Init")
	private CredentialHelpers helpers;

	@BeforeEach
	void install() {
		HelperScript.giving(this.directory, "one", "one", "p");
		HelperScript.giving(this.directory, "two", "two", "p");
		HelperScript.write(this.directory, "none", "echo 'credentials not found in native keychain'; exit 1");
		this.helpers = new CredentialHelpers(HelperScript.path(this.directory), CredentialHelpers.TIMEOUT,
				InstantSource.system(), (dropped) -> {
				});
	}

	@AfterEach
	void close() {
		this.helpers.close();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
			"credHelpers":{"r.example":"one"},AUTHS                    | one
			"credHelpers":{"r.example":"one"},"credsStore":"two",AUTHS | one
			"credHelpers":{"r.example":"none"},"credsStore":"two"      |
			"credHelpers":{"r.example":"none"},AUTHS                   |
			"credHelpers":{"r.example":"not-installed"},AUTHS          |
			"credHelpers":{"other.example":"one"},AUTHS                | file
			"credHelpers":{"r.example":""},"credsStore":"two",AUTHS    | file
			"credHelpers":{"r.example/acme":"one"},AUTHS               | file
			"credHelpers":{"https://r.example/acme":"one"},AUTHS       | file
			"credHelpers":{"r.example/acme":"one"},"credsStore":"two"  | two
			"credHelpers":{"r.example/acme":""},"credsStore":"two"     | two
			"credHelpers":{"r.example/acme":"none","https://r.example/v2/":"one"},AUTHS | one
			"credHelpers":{"r.example":""},"credsStore":"two"          |
			"credsStore":"two",AUTHS                                   | file
			"credsStore":"two"                                         | two
			"credsStore":"none"                                        |
			""")
	void theRegistrysOwnHelperComesFirstThenAuthsThenTheStore(String json, @Nullable String username) throws Exception {
		Optional<String> found = find("{" + json.replace("AUTHS", AUTHS) + "}").map(Login::credential)
			.map((credential) -> ((Credential.Basic) credential).username());
		assertThat(found).isEqualTo(Optional.ofNullable(username));
	}

	@Test
	void saysWhichHelperGaveTheLoginAndSendsTheHeadersAlong() throws Exception {
		Path file = this.directory.resolve("config.json");
		assertThat(find("{\"credsStore\":\"one\",\"HttpHeaders\":{\"X-Key\":\"v\"}}"))
			.contains(new Login(new Credential.Basic("one", new Secret("p")), Map.of("X-Key", "v"),
					"docker config " + file + " (docker-credential-one for r.example)",
					"see what docker-credential-one gives"));
	}

	@Test
	void theVariablesHelpersAreAskedAndMissingOnesNamed() {
		DockerAuthVariable variable = DockerAuthVariable
			.of(Map.of("DOCKER_AUTH_CONFIG",
					"{\"credHelpers\":{\"r.example\":\"one\",\"s.example\":\"not-installed\"}}"), this.helpers)
			.orElseThrow();
		assertThat(Logins.first(variable, REGISTRY, null).map(Login::source).block())
			.isEqualTo("DOCKER_AUTH_CONFIG (docker-credential-one for r.example)");
		assertThat(variable.state().problems()).singleElement()
			.asString()
			.startsWith(
					"docker-credential-not-installed keeps the logins of s.example, but isn't on the PATH of Sluice");
	}

	@Test
	void namesEachMissingHelper() throws Exception {
		Path file = Files.writeString(this.directory.resolve("config.json"),
				"{\"credsStore\":\"missing-b\",\"auths\":{\"q.example\":{}},"
						+ "\"credHelpers\":{\"r.example\":\"missing-a\",\"s.example\":\"one\"}}");
		try (DockerConfigSource source = open(file)) {
			List<String> problems = source.state().problems();
			assertThat(problems).hasSize(2);
			assertThat(problems.getFirst())
				.startsWith("docker-credential-missing-a keeps the logins of r.example, but");
			assertThat(problems.getLast()).startsWith("docker-credential-missing-b keeps the logins of q.example, but");
		}
	}

	private Optional<Login> find(String json) throws Exception {
		try (DockerConfigSource source = open(Files.writeString(this.directory.resolve("config.json"), json))) {
			return Logins.first(source, REGISTRY, null).blockOptional();
		}
	}

	private DockerConfigSource open(Path file) {
		return new DockerConfigSource(file, this.helpers, InstantSource.system(), (dropped) -> {
		});
	}

}
