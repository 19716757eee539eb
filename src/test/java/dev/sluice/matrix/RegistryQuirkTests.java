package dev.sluice.matrix;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import dev.sluice.testing.Matching;
import dev.sluice.testing.Misbehaviour;
import dev.sluice.testing.OciFailure;
import dev.sluice.testing.TestCertificates;
import dev.sluice.testing.TestClient;
import dev.sluice.testing.TestImage;
import dev.sluice.testing.TestManifest;
import dev.sluice.testing.registries.Form;
import dev.sluice.testing.registries.PersonalRegistry;
import dev.sluice.testing.registries.Personalities;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What single registries do otherwise than others, beyond what every cell of the matrix
 * asks for: with the right credential, unless the name of the registry says otherwise.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RegistryQuirkTests {

	private final List<PersonalRegistry> registries;

	private final Scene scene;

	RegistryQuirkTests(@TempDir Path directory) throws IOException {
		TestCertificates certificates = TestCertificates.in(directory);
		this.registries = Personalities.ALL.stream()
			.map((personality) -> PersonalRegistry.start(personality, certificates))
			.toList();
		this.scene = Scene.start(new InConfigJson("config.json", Form.LOGIN, InConfigJson::encoded), this.registries,
				certificates, Files.createDirectory(directory.resolve("kept")));
	}

	@AfterAll
	void close() {
		this.scene.close();
		this.registries.forEach(PersonalRegistry::close);
	}

	@AfterEach
	void behave() {
		this.registries.forEach((registry) -> registry.registry().behave());
	}

	@ParameterizedTest
	@ValueSource(strings = { "Docker Hub", "GitLab" })
	void refusalOfWhatDoesNotExistLeavesTheCredentialInUse(String name) throws Exception {
		PersonalRegistry registry = registry(name);
		String host = registry.personality().host();
		for (int i = 0; i < 5; i++) {
			OciFailure.of(get("/v2/" + host + "/acme/missing" + i + "/manifests/1"))
				.is(403, "DENIED")
				.saying("config.json (" + registry.personality().credentialKey() + ")");
		}
		assertThat(get("/v2/" + host + "/acme/private/manifests/1").statusCode()).isEqualTo(200);
	}

	@Test
	void saysWhatDockerHubAsksOfAnImageThatDoesNotExist() throws Exception {
		OciFailure.of(get("/v2/docker.io/acme/none/manifests/1"))
			.is(403, "DENIED")
			.saying("docker.io answered 401 UNAUTHORIZED authentication required for acme/none");
	}

	@Test
	void namesOfOneComponentAreDockerHubsLibrary() throws Exception {
		assertThat(get("/v2/docker.io/hello/manifests/1").body())
			.isEqualTo(registry("Docker Hub").image().manifest().bytes());
	}

	@Test
	void passesOnDockerHubsRateLimit() throws Exception {
		registry("Docker Hub").registry().push("acme/limited", "1", TestImage.random());
		assertThat(this.scene.client().head("/v2/docker.io/acme/limited/manifests/1").statusCode()).isEqualTo(200);
		OciFailure.of(get("/v2/docker.io/acme/limited/manifests/1"))
			.is(429, "TOOMANYREQUESTS")
			.saying("You have reached your pull rate limit");
	}

	@Test
	void passesOnThatGhcrHasOnlyAnIndex() throws Exception {
		OciFailure.of(get("/v2/ghcr.io/acme/private/manifests/1", "Accept", TestManifest.DOCKER_MANIFEST))
			.is(404, "MANIFEST_UNKNOWN")
			.saying("Accept header does not support OCI indexes");
	}

	@Test
	void saysThatGhcrHasNoCatalog() throws Exception {
		OciFailure.of(get("/v2/ghcr.io/_catalog")).is(404, "UNSUPPORTED").saying("ghcr.io answered 404");
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 401, 403 })
	void takesEcrsExpiredTokenForRejectedWhateverItsStatus(int status) throws Exception {
		PersonalRegistry ecr = registry("ECR");
		ecr.registry()
			.misbehave(Matching.authorized(), Misbehaviour.answer(status, "application/json",
					"{\"errors\":[{\"code\":\"DENIED\",\"message\":\"Your authorization token has expired.\"}]}"));
		String host = ((status == 403) ? "wrong." : "expired.") + ecr.personality().host();
		OciFailure.of(get("/v2/" + host + "/acme/private/manifests/" + status))
			.is(403, "DENIED")
			.saying("Your authorization token has expired", "presented again now and then");
	}

	@Test
	void asksGcrOnlyOnceWhatItsBare401Wants() throws Exception {
		PersonalRegistry gcr = registry("GCR");
		gcr.forget();
		for (int i = 0; i < 3; i++) {
			assertThat(get("/v2/gcr.io/acme-project/private/manifests/1").statusCode()).isEqualTo(200);
		}
		assertThat(gcr.visits().stream().filter((visit) -> visit.path().equals("/v2/"))).hasSize(1);
		assertThat(gcr.exchanges()).hasSize(1);
	}

	@Test
	void saysWhenQuayHasDisabledANamespace() throws Exception {
		OciFailure.of(get("/v2/quay.io/disabled/app/manifests/1"))
			.is(403, "DENIED")
			.saying("405 Namespace has been disabled");
		assertThat(get("/v2/quay.io/acme/private/manifests/1").statusCode()).isEqualTo(200);
	}

	@Test
	void listsHarborsCatalogWithBasic() throws Exception {
		PersonalRegistry harbor = registry("Harbor");
		harbor.forget();
		HttpResponse<byte[]> answer = get("/v2/harbor.corp.example/_catalog");
		assertThat(TestClient.text(answer)).contains("acme/private");
		assertThat(harbor.exchanges()).isEmpty();
	}

	private HttpResponse<byte[]> get(String path, String... headers) throws Exception {
		return this.scene.client().get(path, headers);
	}

	private PersonalRegistry registry(String name) {
		return this.registries.stream()
			.filter((registry) -> registry.personality().name().equals(name))
			.findFirst()
			.orElseThrow();
	}

}
