package dev.sluice.login;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.sluice.testing.RunningSluice;
import dev.sluice.testing.TestClient;
import dev.sluice.testing.TestImage;
import dev.sluice.testing.TestRegistry;
import dev.sluice.testing.TokenServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Private images are pulled with credentials in environment variables alone.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class EnvironmentCredentialTests {

	/** What Kubernetes adds for a Service named {@code sluice-registry}. */
	private static final Map<String, String> OF_KUBERNETES = Map.of("SLUICE_REGISTRY_SERVICE_HOST", "10.0.0.1",
			"SLUICE_REGISTRY_PORT", "tcp://10.0.0.1:5050", "SLUICE_REGISTRY_PORT_5050_TCP_ADDR", "10.0.0.1");

	@ParameterizedTest
	@ValueSource(strings = { "SLUICE", "IMGPKG" })
	void pullsWithUserAndPasswordAndListsTheRegistry(String prefix) throws Exception {
		try (TestRegistry registry = TestRegistry.basic("robot", "s3cret").push("acme/app", "1", TestImage.random())) {
			assertPulls(registry, Map.of(prefix + "_REGISTRY_HOSTNAME_0", registry.url(),
					prefix + "_REGISTRY_USERNAME_0", "robot", prefix + "_REGISTRY_PASSWORD_0", "s3cret"));
		}
	}

	@Test
	void pullsWithAnIdentityToken() throws Exception {
		try (TokenServer tokens = TokenServer.start().user("robot", "unused", "*").refreshToken("refresh", "robot");
				TestRegistry registry = TestRegistry.token(tokens).push("acme/app", "1", TestImage.random())) {
			assertPulls(registry, Map.of("SLUICE_REGISTRY_HOSTNAME", registry.authority() + "/acme",
					"SLUICE_REGISTRY_IDENTITY_TOKEN", "refresh"));
		}
	}

	@Test
	void sendsARegistryTokenAsItIs() throws Exception {
		try (TestRegistry registry = TestRegistry.open().push("acme/app", "1", TestImage.random())) {
			assertPulls(registry, Map.of("SLUICE_REGISTRY_HOSTNAME", registry.authority(),
					"SLUICE_REGISTRY_REGISTRY_TOKEN", "bearer"));
			assertThat(registry.requests().all())
				.allSatisfy((request) -> assertThat(request.header("Authorization")).contains("Bearer bearer"));
		}
	}

	@Test
	void passwordInAFileThatChangesTakesEffect(@TempDir Path directory) throws Exception {
		Path password = Files.writeString(directory.resolve("password"), "wrong\n");
		try (TestRegistry registry = TestRegistry.basic("robot", "s3cret").push("acme/app", "1", TestImage.random());
				RunningSluice sluice = RunningSluice.in(Map.of("SLUICE_REGISTRY_HOSTNAME", registry.authority(),
						"SLUICE_REGISTRY_USERNAME", "robot", "SLUICE_REGISTRY_PASSWORD_FILE", password.toString()));
				TestClient client = TestClient.of(sluice.uri("").toString())) {
			assertThat(client.get(manifest(registry)).statusCode()).isEqualTo(403);
			Files.writeString(password, "s3cret\n");
			Awaitility.await()
				.pollInterval(Duration.ofMillis(50))
				.atMost(Duration.ofSeconds(30))
				.untilAsserted(() -> assertThat(client.get(manifest(registry)).statusCode()).isEqualTo(200));
		}
	}

	@Test
	void incompleteCredentialStopsTheStartWithOneLine(CapturedOutput output) {
		Map<String, String> variables = Map.of("SLUICE_REGISTRY_HOSTNAME_CI", "ghcr.io", "SLUICE_REGISTRY_PASSWORD_CI",
				"s3cret");
		assertThatException().isThrownBy(() -> RunningSluice.in(variables).close());
		assertThat(output).contains("SLUICE_REGISTRY_HOSTNAME_CI: SLUICE_REGISTRY_USERNAME_CI is missing")
			.doesNotContain("Exception", "\tat ", "s3cret");
	}

	private static void assertPulls(TestRegistry registry, Map<String, String> variables) throws Exception {
		Map<String, String> all = new LinkedHashMap<>(OF_KUBERNETES);
		all.putAll(variables);
		try (RunningSluice sluice = RunningSluice.in(all);
				TestClient client = TestClient.of(sluice.uri("").toString())) {
			var answer = client.get(manifest(registry));
			assertThat(answer.statusCode()).as(TestClient.text(answer)).isEqualTo(200);
		}
	}

	private static String manifest(TestRegistry registry) {
		return "/v2/" + registry.authority() + "/acme/app/manifests/1";
	}

}
