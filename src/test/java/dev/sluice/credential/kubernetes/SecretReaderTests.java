package dev.sluice.credential.kubernetes;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.sluice.credential.Credential;
import dev.sluice.credential.Login;
import dev.sluice.credential.Secret;
import dev.sluice.credential.given.UnusablePartException;
import dev.sluice.oci.RegistryName;
import dev.sluice.oci.RepositoryName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a secret of Kubernetes may hold, and which pulls it is for.
 */
class SecretReaderTests {

	@Test
	void readsADockerConfigJsonWithPatternsAndEveryKindOfLogin() {
		PullSecret secret = read("pull", Map.of(".dockerconfigjson", """
				{"auths":{"https://index.docker.io/v1/":{"auth":"%s"},
				 "*.azurecr.io":{"identitytoken":"refresh"},
				 "quay.io/acme":{"registrytoken":"bearer"},
				 "later.example":{},
				 "https://index.docker.io/v1/access-token":{"auth":"%s"}},
				 "HttpHeaders":{"X-Key":"made-up"}}""".formatted(base64("hub:pw"), base64("t:t"))));
		assertThat(found(secret, "docker.io", null)).containsExactly(basic("hub", "pw"));
		assertThat(found(secret, "one.azurecr.io", null))
			.containsExactly(new Credential.IdentityToken(null, new Secret("refresh")));
		assertThat(found(secret, "a.one.azurecr.io", null)).isEmpty();
		assertThat(found(secret, "quay.io", "acme/app"))
			.containsExactly(new Credential.RegistryToken(new Secret("bearer")));
		assertThat(found(secret, "quay.io", "other/app")).isEmpty();
		assertThat(secret.registryNames()).extracting(RegistryName::toString)
			.containsExactlyInAnyOrder("docker.io", "quay.io", "later.example");
		assertThat(secret.logins()).allSatisfy((it) -> assertThat(it.login().headers()).containsKey("X-Key"));
		assertThat(secret.logins()).extracting((it) -> it.login().source())
			.contains("kubernetes secret pull (*.azurecr.io)");
		assertThat(secret.problems()).isEmpty();
	}

	@Test
	void readsALegacyDockercfg() {
		PullSecret secret = read("pull",
				Map.of(".dockercfg", "{\"r.example:5000\":{\"username\":\"u\",\"password\":\"p\",\"email\":\"e@x\"}}"));
		assertThat(found(secret, "r.example:5000", "a/b")).containsExactly(basic("u", "p"));
		assertThat(found(secret, "r.example", "a/b")).isEmpty();
	}

	@Test
	void passwordIsForTheRegistryInTheSecret() {
		PullSecret secret = read("some-name",
				Map.of("username", "u\n", "password", "p\n", "registry", "https://r.example:5000/acme\n"));
		assertThat(found(secret, "r.example:5000", "acme/app")).containsExactly(basic("u", "p"));
		assertThat(found(secret, "r.example:5000", "else/app")).isEmpty();
		assertThat(secret.registryNames()).containsExactly(RegistryName.parse("r.example:5000"));
	}

	@Test
	void passwordIsForTheRegistryThatTheSecretIsNamedAfter() {
		PullSecret secret = read("ghcr.io", Map.of("username", "u", "password", "p"));
		assertThat(found(secret, "ghcr.io", "acme/app")).containsExactly(basic("u", "p"));
	}

	@Test
	void tokenIsAPasswordWithAUserNameAndABearerTokenWithout() {
		assertThat(found(read("ghcr.io", Map.of("username", "u", "token", "t")), "ghcr.io", null))
			.containsExactly(basic("u", "t"));
		assertThat(found(read("ghcr.io", Map.of("token", "t")), "ghcr.io", null))
			.containsExactly(new Credential.RegistryToken(new Secret("t")));
	}

	@Test
	void patternListsNoRegistry() {
		PullSecret secret = read("any", Map.of("username", "u", "password", "p", "registry", "*.example.test"));
		assertThat(found(secret, "one.example.test", null)).containsExactly(basic("u", "p"));
		assertThat(secret.registryNames()).isEmpty();
	}

	@Test
	void badEntryCostsOnlyItself() {
		PullSecret secret = read("pull", Map.of(".dockerconfigjson", """
				{"auths":{"bad.example":{"auth":"s3cr3t!"},"-":{"auth":"s3cr3t!"},
				"good.example":{"username":"u","password":"p"}}}"""));
		assertThat(found(secret, "good.example", null)).containsExactly(basic("u", "p"));
		assertThat(secret.problems()).containsExactlyInAnyOrder(
				".dockerconfigjson: auths entry 'bad.example' has an 'auth' that is no base64; left out",
				".dockerconfigjson: key '-' names no registry; left out");
		assertThat(secret.registryNames()).contains(RegistryName.parse("bad.example"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			.dockerconfigjson={"auths":s3cr3t          | .dockerconfigjson is no valid JSON at line 1, column
			.dockercfg=[]                              | .dockercfg holds no JSON object
			username=u                                 | it has a username but no password
			password=s3cr3t                            | it has a password but no username
			username=u password=s3cr3t token=s3cr3t    | it has both a password and a token
			username=u password=s3cr3t                 | it doesn't say which registry it is for: add a key 'registry'
			token=s3cr3t registry=a_b@c                | registry names no registry: expected host[:port]
			username=u password= registry=r.example    | password is empty
			registry=r.example                         | it has none of the keys .dockerconfigjson, .dockercfg,
			""")
	void whatCannotBeUsedIsSaidWithoutItsContent(String data, String message) {
		Map<String, String> given = new HashMap<>();
		for (String pair : data.strip().split(" ")) {
			given.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
		}
		assertThatExceptionOfType(UnusablePartException.class).isThrownBy(() -> read("some-name", given))
			.withMessageStartingWith("kubernetes secret some-name: " + message)
			.withMessageNotContaining("s3cr3t");
	}

	private static PullSecret read(String name, Map<String, String> data) {
		Map<String, byte[]> bytes = new HashMap<>();
		data.forEach((key, value) -> bytes.put(key, value.getBytes(StandardCharsets.UTF_8)));
		return SecretReader.read(new SecretContent("kubernetes secret " + name, name, bytes));
	}

	private static List<Credential> found(PullSecret secret, String host, @Nullable String repository) {
		RegistryName registry = RegistryName.parse(host);
		RepositoryName name = (repository != null) ? new RepositoryName(repository) : null;
		return secret.logins()
			.stream()
			.filter((login) -> login.covers(registry, name))
			.map(PullLogin::login)
			.map(Login::credential)
			.toList();
	}

	private static Credential basic(String username, String password) {
		return new Credential.Basic(username, new Secret(password));
	}

	private static String base64(String text) {
		return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
	}

}
