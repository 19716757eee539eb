package dev.sluice.credential.environment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.sluice.credential.Candidate;
import dev.sluice.credential.Credential;
import dev.sluice.credential.Login;
import dev.sluice.credential.Secret;
import dev.sluice.credential.given.GivenCredentials;
import dev.sluice.oci.RegistryName;
import dev.sluice.oci.RepositoryName;
import dev.sluice.testing.Logins;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

class RegistryVariablesTests {

	private static final Credential ROBOT = basic("robot", "s3cret");

	private final List<Set<Credential>> dropped = new CopyOnWriteArrayList<>();

	@ParameterizedTest
	@ValueSource(strings = { "SLUICE", "IMGPKG" })
	void readsUserAndPasswordAndListsTheRegistry(String prefix) {
		GivenCredentials source = read(prefix + "_REGISTRY_HOSTNAME=ghcr.io", prefix + "_REGISTRY_USERNAME=robot",
				prefix + "_REGISTRY_PASSWORD=s3cret")
			.orElseThrow();
		assertThat(find(source, "ghcr.io")).contains(ROBOT);
		assertThat(source.registryNames()).containsExactly(RegistryName.parse("ghcr.io"));
		assertThat(Logins.first(source, RegistryName.parse("ghcr.io"), null).block()).extracting(Login::source)
			.isEqualTo("environment variable " + prefix + "_REGISTRY_HOSTNAME");
		assertThat(find(source, "quay.io")).isEmpty();
	}

	@Test
	void readsTokens() {
		GivenCredentials source = read("SLUICE_REGISTRY_HOSTNAME_a=a.test", "SLUICE_REGISTRY_IDENTITY_TOKEN_a=refresh",
				"SLUICE_REGISTRY_HOSTNAME_b=b.test", "SLUICE_REGISTRY_REGISTRY_TOKEN_b=bearer",
				"SLUICE_REGISTRY_HOSTNAME_c=c.test", "SLUICE_REGISTRY_IDENTITY_TOKEN_c=refresh",
				"SLUICE_REGISTRY_USERNAME_c=robot")
			.orElseThrow();
		assertThat(find(source, "a.test")).contains(new Credential.IdentityToken(null, new Secret("refresh")));
		assertThat(find(source, "b.test")).contains(new Credential.RegistryToken(new Secret("bearer")));
		assertThat(find(source, "c.test")).contains(new Credential.IdentityToken("robot", new Secret("refresh")));
	}

	@ParameterizedTest
	@CsvSource({ "https://index.docker.io/v1/, docker.io, library/nginx, true", "docker.io, docker.io, acme/app, true",
			"https://ghcr.io/v2/, ghcr.io, acme/app, true", "ghcr.io/acme, ghcr.io, acme/app, true",
			"https://ghcr.io/acme, ghcr.io, other/app, false", "ghcr.io/acme, ghcr.io, acmeother/app, false",
			"*.azurecr.io, x.azurecr.io, a, true", "*.azurecr.io, x.y.azurecr.io, a, false",
			"*.docker.io, docker.io, acme/app, true", "r.test:5000, r.test, a, false", "r.test:443, r.test, a, true",
			"r.test, r.test:443, a, true", "r?.test:5000, r1.test:5000, a, true", "r?.test, r1.test:5000, a, false",
			"GHCR.io, ghcr.io, a, true" })
	void matchesHostnamesAsImgpkgDoes(String hostname, String registry, String repository, boolean matches) {
		GivenCredentials source = read("IMGPKG_REGISTRY_HOSTNAME=" + hostname, "IMGPKG_REGISTRY_USERNAME=robot",
				"IMGPKG_REGISTRY_PASSWORD=s3cret")
			.orElseThrow();
		assertThat(Logins.first(source, RegistryName.parse(registry), new RepositoryName(repository))
			.blockOptional()
			.isPresent()).isEqualTo(matches);
	}

	@Test
	void aPatternListsNoRegistry() {
		assertThat(read("SLUICE_REGISTRY_HOSTNAME=*.azurecr.io", "SLUICE_REGISTRY_REGISTRY_TOKEN=t").orElseThrow()
			.registryNames()).isEmpty();
	}

	@Test
	void theMostSpecificOfSeveralAnswers() {
		GivenCredentials source = read("SLUICE_REGISTRY_HOSTNAME_1=*.test", "SLUICE_REGISTRY_REGISTRY_TOKEN_1=pattern",
				"SLUICE_REGISTRY_HOSTNAME_2=r.test", "SLUICE_REGISTRY_REGISTRY_TOKEN_2=host",
				"SLUICE_REGISTRY_HOSTNAME_3=r.test/acme", "SLUICE_REGISTRY_REGISTRY_TOKEN_3=acme",
				"IMGPKG_REGISTRY_HOSTNAME_0=r.test", "IMGPKG_REGISTRY_REGISTRY_TOKEN_0=imgpkg")
			.orElseThrow();
		RegistryName registry = RegistryName.parse("r.test");
		RepositoryName acme = new RepositoryName("acme/app");
		assertThat(Logins.first(source, registry, acme).block()).extracting(Login::credential)
			.isEqualTo(new Credential.RegistryToken(new Secret("acme")));
		assertThat(source.candidates(registry, acme)).extracting(Candidate::depth).containsExactly(1);
		assertThat(find(source, "r.test")).contains(new Credential.RegistryToken(new Secret("host")));
		assertThat(source.candidates(registry, null)).extracting(Candidate::depth).containsExactly(0);
		assertThat(find(source, "q.test")).contains(new Credential.RegistryToken(new Secret("pattern")));
	}

	@Test
	void readsFilesAndReadsThemAgain(@TempDir Path directory) throws Exception {
		Path hostname = Files.writeString(directory.resolve("host"), "r.test\n");
		Path username = Files.writeString(directory.resolve("user"), "robot\n");
		Path password = Files.writeString(directory.resolve("password"), "s3cret\r\n");
		try (GivenCredentials source = read("SLUICE_REGISTRY_HOSTNAME_FILE_ci=" + hostname,
				"SLUICE_REGISTRY_USERNAME_FILE_ci=" + username, "SLUICE_REGISTRY_PASSWORD_FILE_ci=" + password)
			.orElseThrow()) {
			assertThat(find(source, "r.test")).contains(ROBOT);
			Files.writeString(password, "other");
			Awaitility.await()
				.untilAsserted(() -> assertThat(find(source, "r.test")).contains(basic("robot", "other")));
			assertThat(this.dropped).containsExactly(Set.of(ROBOT));
			Files.delete(password);
			Awaitility.await()
				.untilAsserted(() -> assertThat(source.state().problems())
					.containsExactly("SLUICE_REGISTRY_PASSWORD_FILE_ci: " + password
							+ " can't be read (there is no such file); what was last read stays in force"));
			assertThat(find(source, "r.test")).contains(basic("robot", "other"));
			Files.writeString(password, "third");
			Awaitility.await().untilAsserted(() -> assertThat(source.state().problems()).isEmpty());
			assertThat(find(source, "r.test")).contains(basic("robot", "third"));
		}
	}

	@Test
	void imgpkgsSuffixFileIsASuffix(@TempDir Path directory) throws Exception {
		GivenCredentials suffix = read("IMGPKG_REGISTRY_HOSTNAME_FILE=a.test", "IMGPKG_REGISTRY_USERNAME_FILE=robot",
				"IMGPKG_REGISTRY_PASSWORD_FILE=s3cret")
			.orElseThrow();
		assertThat(find(suffix, "a.test")).contains(ROBOT);
		Path password = Files.writeString(directory.resolve("password"), "s3cret");
		try (GivenCredentials file = read("IMGPKG_REGISTRY_HOSTNAME=a.test", "IMGPKG_REGISTRY_USERNAME=robot",
				"IMGPKG_REGISTRY_PASSWORD_FILE=" + password)
			.orElseThrow()) {
			assertThat(find(file, "a.test")).contains(ROBOT);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "SLUICE_REGISTRY_SERVICE_HOST=10.0.0.1", "SLUICE_REGISTRY_SERVICE_PORT=5050",
			"SLUICE_REGISTRY_SERVICE_PORT_HTTP=5050", "SLUICE_REGISTRY_PORT=tcp://10.0.0.1:5050",
			"SLUICE_REGISTRY_PORT_5050_TCP=tcp://10.0.0.1:5050", "SLUICE_REGISTRY_PORT_5050_TCP_PROTO=tcp",
			"SLUICE_REGISTRY_PORT_5050_TCP_PORT=5050", "SLUICE_REGISTRY_PORT_5050_TCP_ADDR=10.0.0.1",
			"SLUICE_REGISTRY_METRICS_SERVICE_HOST=10.0.0.1", "IMGPKG_REGISTRY_AZURE_CR_CONFIG=/etc/azure.json",
			"SLUICE_REGISTRY_PASSWORD=", "SLUICE_CONFIG=sluice.yml", "PATH=/bin" })
	void leavesWhatIsNoneOfItAlone(String variable) {
		assertThat(read(variable)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "${PW}", "${PW:-s3cret}", "$PW", "$(PW)" })
	void refusesAPlaceholderThatNobodyReplaced(String value) {
		assertThatException()
			.isThrownBy(() -> read("SLUICE_REGISTRY_HOSTNAME=a.test", "SLUICE_REGISTRY_USERNAME=me",
					"SLUICE_REGISTRY_PASSWORD=" + value))
			.withMessageContaining("SLUICE_REGISTRY_PASSWORD: it is a placeholder that nobody replaced")
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("s3cret"));
	}

	@Test
	void takesAPasswordThatHasADollarInIt() {
		GivenCredentials source = read("SLUICE_REGISTRY_HOSTNAME=a.test", "SLUICE_REGISTRY_USERNAME=$oauthtoken",
				"SLUICE_REGISTRY_PASSWORD=a${PW}$PW")
			.orElseThrow();
		assertThat(find(source, "a.test")).contains(basic("$oauthtoken", "a${PW}$PW"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"SLUICE_REGISTRY_USER=s3cret | SLUICE_REGISTRY_USER: there is no such variable; there are HOSTNAME, USERNAME, PASSWORD, IDENTITY_TOKEN and REGISTRY_TOKEN after SLUICE_REGISTRY_",
			"IMGPKG_REGISTRY_TOKEN=s3cret | IMGPKG_REGISTRY_TOKEN: there is no such variable; there are HOSTNAME, USERNAME, PASSWORD, IDENTITY_TOKEN and REGISTRY_TOKEN after IMGPKG_REGISTRY_",
			"SLUICE_REGISTRY_PORT=s3cret | SLUICE_REGISTRY_PORT: there is no such variable; there are HOSTNAME,",
			"IMGPKG_REGISTRY_SERVICE_HOST=s3cret | IMGPKG_REGISTRY_SERVICE_HOST: there is no such variable; there are HOSTNAME,",
			"SLUICE_REGISTRY_PASSWORD_CI=s3cret | SLUICE_REGISTRY_PASSWORD_CI: SLUICE_REGISTRY_HOSTNAME_CI is missing, the registry that it is for",
			"SLUICE_REGISTRY_PASSWORD_CI_FILE=/s3cret | SLUICE_REGISTRY_HOSTNAME_CI_FILE is missing, the registry that it is for (_FILE comes before the suffix)",
			"SLUICE_REGISTRY_HOSTNAME=a.test;SLUICE_REGISTRY_USERNAME=s3cret | SLUICE_REGISTRY_HOSTNAME: SLUICE_REGISTRY_PASSWORD is missing",
			"SLUICE_REGISTRY_HOSTNAME=a.test;SLUICE_REGISTRY_PASSWORD=s3cret | SLUICE_REGISTRY_USERNAME is missing",
			"SLUICE_REGISTRY_HOSTNAME_1=a.test;SLUICE_REGISTRY_REGISTRY_TOKEN=s3cret | SLUICE_REGISTRY_HOSTNAME is missing",
			"SLUICE_REGISTRY_HOSTNAME=a.test | SLUICE_REGISTRY_HOSTNAME: the credential is missing: set SLUICE_REGISTRY_USERNAME and SLUICE_REGISTRY_PASSWORD, or SLUICE_REGISTRY_IDENTITY_TOKEN, or SLUICE_REGISTRY_REGISTRY_TOKEN",
			"SLUICE_REGISTRY_HOSTNAME=u:s3cret@a.test;SLUICE_REGISTRY_REGISTRY_TOKEN=t | SLUICE_REGISTRY_HOSTNAME: it names no registry: expected host[:port]",
			"SLUICE_REGISTRY_HOSTNAME=a.test;SLUICE_REGISTRY_REGISTRY_TOKEN=t;SLUICE_REGISTRY_REGISTRY_TOKEN_FILE=/s3cret | SLUICE_REGISTRY_REGISTRY_TOKEN_FILE: SLUICE_REGISTRY_REGISTRY_TOKEN is set too; only one of them may be",
			"SLUICE_REGISTRY_HOSTNAME=a.test;SLUICE_REGISTRY_REGISTRY_TOKEN_FILE=/no/such | SLUICE_REGISTRY_REGISTRY_TOKEN_FILE: /no/such can't be read (there is no such file)" })
	void refusesWhatIsUnknownOrIncompleteAndShowsNoSecret(String variables, String message) {
		assertThatException().isThrownBy(() -> read(variables.split(";")))
			.withMessageContaining(message)
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("s3cret"));
	}

	private Optional<GivenCredentials> read(String... variables) {
		Map<String, String> environment = Stream.of(variables)
			.collect(Collectors.toMap((variable) -> variable.substring(0, variable.indexOf('=')),
					(variable) -> variable.substring(variable.indexOf('=') + 1)));
		return RegistryVariables.read(environment, this.dropped::add);
	}

	private static Optional<Credential> find(GivenCredentials source, String registry) {
		return Logins.first(source, RegistryName.parse(registry), null).map(Login::credential).blockOptional();
	}

	private static Credential basic(String username, String password) {
		return new Credential.Basic(username, new Secret(password));
	}

}
