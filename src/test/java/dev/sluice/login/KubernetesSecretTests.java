package dev.sluice.login;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import dev.sluice.testing.RunningSluice;
import dev.sluice.testing.SecretMount;
import dev.sluice.testing.TestClient;
import dev.sluice.testing.TestImage;
import dev.sluice.testing.TestRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Pulls with mounted secrets of Kubernetes.
 */
class KubernetesSecretTests {

	private static final String MANIFEST = "/acme/app/manifests/1";

	@TempDir
	private Path directory;

	@Test
	void everyLoginThatMatchesIsTriedWhicheverSecretHasIt() throws Exception {
		try (TestRegistry registry = TestRegistry.basic("robot", "right").push("acme/app", "1", TestImage.random())) {
			mount("a").login(registry.authority(), "robot", "wrong");
			mount("b").write(Map.of(".dockerconfigjson",
					"""
							{"auths":{"%s/acme":{"username":"robot","password":"stale"},
							"*.0.0.1:%d":{"username":"robot","password":"right"}}}"""
						.formatted(registry.authority(), registry.port())
						.replace("*.0.0.1", "*.*.*.1")));
			try (RunningSluice sluice = RunningSluice.start("sluice.credentials.kubernetes-secrets=" + this.directory);
					TestClient client = TestClient.of(sluice.uri("").toString())) {
				assertThat(client.get("/v2/" + registry.authority() + MANIFEST).statusCode()).isEqualTo(200);
			}
		}
	}

	@Test
	void registryIsListedByTheSecretThatNamesItForAsLongAsItDoes() throws Exception {
		try (TestRegistry registry = TestRegistry.basic("robot", "right").push("acme/app", "1", TestImage.random());
				RunningSluice sluice = RunningSluice.start("sluice.credentials.kubernetes-secrets=" + this.directory);
				TestClient client = TestClient.of(sluice.uri("").toString())) {
			String manifest = "/v2/" + registry.authority() + MANIFEST;
			assertThat(client.get(manifest).statusCode()).isEqualTo(404);
			SecretMount mount = mount("one")
				.write(Map.of("username", "robot", "password", "right", "registry", registry.authority()));
			awaitStatus(client, manifest, 200);
			mount.write(Map.of());
			awaitStatus(client, manifest, 404);
		}
	}

	@Test
	void missingDirectoryDegradesHealthAndNothingElse() throws Exception {
		Path missing = this.directory.resolve("missing");
		try (RunningSluice sluice = RunningSluice.start("sluice.credentials.kubernetes-secrets=" + missing);
				TestClient client = TestClient.of(sluice.managementUri("").toString())) {
			assertThat(TestClient.text(client.get("/actuator/health"))).contains("DEGRADED",
					"the directory " + missing + " of kubernetes secrets doesn't exist");
			assertThat(client.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
		}
	}

	private SecretMount mount(String name) {
		return SecretMount.at(this.directory.resolve(name));
	}

	private static void awaitStatus(TestClient client, String path, int status) {
		Awaitility.await()
			.pollInterval(Duration.ofMillis(50))
			.atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(client.get(path).statusCode()).isEqualTo(status));
	}

}
