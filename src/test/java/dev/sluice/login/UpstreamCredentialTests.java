package dev.sluice.login;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Private images are pulled with the {@code credential} in an upstream's settings.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class UpstreamCredentialTests {

	private static final String C = "sluice.upstreams[0].credential.";

	private static final String MANIFEST = "/v2/corp.example.test/acme/app/manifests/1";

	@Test
	void pullsWithUserAndPassword() throws Exception {
		try (TestRegistry registry = basic();
				RunningSluice sluice = start(registry, C + "username=robot", C + "password=s3cret")) {
			assertStatus(sluice, 200);
		}
	}

	@Test
	void pullsWithAnIdentityTokenInAFile(@TempDir Path directory) throws Exception {
		Path file = Files.writeString(directory.resolve("token"), "refresh\n");
		try (TokenServer tokens = TokenServer.start().user("robot", "unused", "*").refreshToken("refresh", "robot");
				TestRegistry registry = TestRegistry.token(tokens).push("acme/app", "1", TestImage.random());
				RunningSluice sluice = start(registry, C + "identity-token-file=" + file)) {
			assertStatus(sluice, 200);
		}
	}

	@Test
	void sendsARegistryTokenAsItIs() throws Exception {
		try (TestRegistry registry = TestRegistry.open().push("acme/app", "1", TestImage.random());
				RunningSluice sluice = start(registry, C + "registry-token=bearer")) {
			assertStatus(sluice, 200);
			assertThat(registry.requests().all())
				.allSatisfy((request) -> assertThat(request.header("Authorization")).contains("Bearer bearer"));
		}
	}

	@Test
	void changedPasswordFileTakesEffectAndUnreadableOneMakesHealthDegraded(@TempDir Path directory) throws Exception {
		Path file = Files.writeString(directory.resolve("password"), "wrong");
		try (TestRegistry registry = basic();
				RunningSluice sluice = start(registry, C + "username=robot", C + "password-file=" + file);
				TestClient management = TestClient.of(sluice.managementUri("").toString())) {
			assertStatus(sluice, 403);
			Files.writeString(file, "s3cret");
			eventually(() -> assertStatus(sluice, 200));
			Files.delete(file);
			eventually(() -> assertThat(TestClient.text(management.get("/actuator/health")))
				.contains("DEGRADED", C + "password-file: " + file + " can't be read")
				.doesNotContain("s3cret"));
			assertStatus(sluice, 200);
		}
	}

	@Test
	void configTreeHoldsThePassword(@TempDir Path directory) throws Exception {
		Files.writeString(Files.createDirectories(directory.resolve("corp")).resolve("password"), "s3cret\n");
		try (TestRegistry registry = basic();
				RunningSluice sluice = start(registry, "spring.config.import=configtree:" + directory + "/",
						C + "username=robot", C + "password=${corp.password}")) {
			assertStatus(sluice, 200);
		}
	}

	@Test
	void isForThatUpstreamAlone() throws Exception {
		try (TestRegistry registry = basic();
				RunningSluice sluice = start(registry, C + "username=robot", C + "password=s3cret",
						"sluice.upstreams[1].name=other.example.test",
						"sluice.upstreams[1].endpoints=" + registry.url());
				TestClient client = TestClient.of(sluice.uri("").toString())) {
			assertStatus(sluice, 200);
			assertThat(client.get(MANIFEST.replace("corp", "other")).statusCode()).isEqualTo(403);
		}
	}

	@Test
	void comesBeforeAHostsEntryOfADockerConfigAndAfterARepositorys(@TempDir Path directory) throws Exception {
		try (TestRegistry registry = basic()) {
			Path config = RunningSluice.dockerConfig(directory, registry.authority(), "robot", "wrong");
			String docker = "sluice.credentials.docker-config=" + config;
			try (RunningSluice sluice = start(registry, docker, C + "username=robot", C + "password=s3cret")) {
				assertStatus(sluice, 200);
			}
			RunningSluice.dockerConfig(directory, registry.authority() + "/acme", "robot", "s3cret");
			try (RunningSluice sluice = start(registry, docker, C + "username=robot", C + "password=wrong")) {
				assertStatus(sluice, 200);
			}
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"username=robot;password=s3cret;identity-token=s3cret | credential: it has [username with password, identity-token]: expected one of",
			"registry-token=s3cret;identity-token-file=/s3cret | credential: it has [identity-token, registry-token]: expected one of",
			"username= | credential: it has nothing: expected one of username with password, identity-token, registry-token",
			"username=s3cret | credential.username: sluice.upstreams[0].credential.password is missing",
			"password=s3cret | credential.password: sluice.upstreams[0].credential.username is missing",
			"username=a;password=s3cret;password-file=/s3cret | credential.password-file: sluice.upstreams[0].credential.password is set too",
			"pasword=s3cret | credential.pasword = '…' won't do: there is no such property; there are identity-token, identity-token-file, password, password-file",
			"registry-token-file=/no/such | credential.registry-token-file: /no/such can't be read (there is no such file)",
			"username=robot;pasword=s3cret | credential.pasword = '…' won't do: there is no such property" })
	void wrongOneStopsTheStartNamingThePropertyAndShowingNoSecret(String settings, String line, CapturedOutput output) {
		List<String> properties = new ArrayList<>(List.of("sluice.upstreams[0].name=corp.example.test"));
		Arrays.stream(settings.split(";")).map(C::concat).forEach(properties::add);
		assertThatException().isThrownBy(() -> RunningSluice.start(properties.toArray(String[]::new)).close());
		assertThat(output).contains("sluice.upstreams[0]." + line).doesNotContain("Exception", "\tat ", "s3cret");
	}

	@Test
	void textInItsPlaceStopsTheStartShowingNoSecret(CapturedOutput output) {
		assertThatException().isThrownBy(() -> RunningSluice
			.start("sluice.upstreams[0].name=corp.example.test", "sluice.upstreams[0].credential=s3cret")
			.close());
		assertThat(output).contains("sluice.upstreams[0].credential = '…' won't do").doesNotContain("s3cret");
	}

	private static TestRegistry basic() {
		return TestRegistry.basic("robot", "s3cret").push("acme/app", "1", TestImage.random());
	}

	private static RunningSluice start(TestRegistry registry, String... properties) {
		List<String> all = new ArrayList<>(List.of("sluice.upstreams[0].name=corp.example.test",
				"sluice.upstreams[0].endpoints=" + registry.url()));
		all.addAll(List.of(properties));
		return RunningSluice.start(all.toArray(String[]::new));
	}

	private static void assertStatus(RunningSluice sluice, int status) throws Exception {
		try (TestClient client = TestClient.of(sluice.uri("").toString())) {
			var answer = client.get(MANIFEST);
			assertThat(answer.statusCode()).as(TestClient.text(answer)).isEqualTo(status);
		}
	}

	private static void eventually(org.awaitility.core.ThrowingRunnable assertion) {
		Awaitility.await().pollInterval(Duration.ofMillis(50)).atMost(Duration.ofSeconds(30)).untilAsserted(assertion);
	}

}
