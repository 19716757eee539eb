package dev.sluice.login;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.sluice.command.CommandRun;
import dev.sluice.testing.RunningSluice;
import dev.sluice.testing.SecretMount;
import dev.sluice.testing.TestClient;
import dev.sluice.testing.TestImage;
import dev.sluice.testing.TestRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * No key that anybody can write into a credential file makes anything but itself
 * unusable.
 */
@Timeout(60)
class OddRegistryKeysTests {

	/**
	 * They have the form of a registry's name: they are listed, and where they lead is
	 * their affair.
	 */
	private static final List<String> NAMES = List.of("my_registry:5000", "under_score.example.test", "a..b", "a.-b:1",
			"1.2.3.4.5", "[::1]:9", "xn--bcher-kva.example.test", "0", "0-0");

	private static final List<String> NONE = List.of("", " ", "/", "https://", "ghcr.io.", "ghcr.io:99999", "ghcr.io:0",
			"ghcr.io:", ":5000", "[::1", "[g::1]", "[:::::]", "[:.1]", "https://robot:made-up@ghcr.io/v1/",
			"bücher.example", "*", "*.*", "[a-", "a b", "\u0000", "\r\nHost: x", "ghcr.io/UPPER", "ghcr.io/../x",
			"x".repeat(100_000), "/".repeat(100_000), "a/".repeat(50_000), "*".repeat(100_000), "é".repeat(50_000),
			"@".repeat(100_000));

	private final TestRegistry registry = TestRegistry.basic("robot", "s3cret")
		.push("acme/app", "1", TestImage.random());

	@TempDir
	private Path directory;

	@AfterEach
	void close() {
		this.registry.close();
	}

	@Test
	void inADockerConfigCostOnlyThemselves() throws Exception {
		Path config = Files.writeString(this.directory.resolve("config.json"), config());
		try (RunningSluice sluice = RunningSluice.start("sluice.credentials.docker-config=" + config)) {
			assertOthersWork(sluice);
		}
	}

	@Test
	void inASecretOfKubernetesCostOnlyThemselves() throws Exception {
		Path secrets = this.directory.resolve("secrets");
		SecretMount.at(secrets.resolve("pull")).write(Map.of(".dockerconfigjson", config()));
		try (RunningSluice sluice = RunningSluice.start("sluice.credentials.kubernetes-secrets=" + secrets)) {
			assertOthersWork(sluice);
		}
	}

	@Test
	void doctorShowsEachAndGoesOn() throws Exception {
		Path config = Files.writeString(this.directory.resolve("config.json"), config());
		CommandRun run = CommandRun.of("doctor", "--sluice.credentials.docker-config=" + config,
				"--sluice.default-upstream=" + this.registry.authority(), this.registry.authority() + "/acme/app:1");
		assertThat(run.line(this.registry.authority() + "/acme/app:1")).endsWith("pull");
		assertThat(NAMES)
			.allSatisfy((name) -> assertThat(run.output().lines()).anyMatch((line) -> line.startsWith(name)));
		assertThat(run.output()).doesNotContain("Exception", "made-up");
	}

	@Test
	void oneWithAnUnderscoreHasItsLogin() throws Exception {
		Path config = Files.writeString(this.directory.resolve("config.json"),
				"{\"auths\":{" + entry("my_registry:5000") + "}}");
		try (RunningSluice sluice = RunningSluice.start("sluice.credentials.docker-config=" + config,
				"sluice.upstreams[0].name=my_registry:5000", "sluice.upstreams[0].endpoints=" + this.registry.url(),
				"sluice.upstreams[0].credential-host=my_registry:5000");
				TestClient client = TestClient.of(sluice.uri("").toString())) {
			assertThat(client.get("/v2/my_registry:5000/acme/app/manifests/1").statusCode()).isEqualTo(200);
		}
	}

	private void assertOthersWork(RunningSluice sluice) throws Exception {
		try (TestClient client = TestClient.of(sluice.uri("").toString());
				TestClient management = TestClient.of(sluice.managementUri("").toString())) {
			for (String name : NAMES) {
				HttpResponse<byte[]> answer = client
					.get("/v2/" + name.replace("[", "%5B").replace("]", "%5D") + "/acme/app/manifests/1");
				assertThat(answer.statusCode()).as("%s: %s", name, TestClient.text(answer)).isIn(404, 502, 504);
			}
			assertThat(client.get("/v2/").statusCode()).isEqualTo(200);
			assertThat(client.get("/v2/" + this.registry.authority() + "/acme/app/manifests/1").statusCode())
				.isEqualTo(200);
			HttpResponse<byte[]> health = management.get("/actuator/health");
			assertThat(TestClient.text(health)).contains("DEGRADED", "names no registry").doesNotContain("made-up");
			assertThat(health.body()).hasSizeLessThan(64 * 1024);
			assertThat(management.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
		}
	}

	private String config() {
		return "{\"auths\":{" + Stream.of(NAMES, NONE, List.of(this.registry.authority()))
			.flatMap(List::stream)
			.map(OddRegistryKeysTests::entry)
			.collect(Collectors.joining(",")) + "}}";
	}

	private static String entry(String key) {
		return JsonMapper.shared().writeValueAsString(key) + ":{\"auth\":\""
				+ Base64.getEncoder().encodeToString("robot:s3cret".getBytes(UTF_8)) + "\"}";
	}

}
