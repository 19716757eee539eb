package dev.sluice.login;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.sluice.testing.ApiServer;
import dev.sluice.testing.Matching;
import dev.sluice.testing.PullStream;
import dev.sluice.testing.RunningSluice;
import dev.sluice.testing.TestClient;
import dev.sluice.testing.TestContent;
import dev.sluice.testing.TestImage;
import dev.sluice.testing.TestRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Pulls with secrets that are watched through the Kubernetes API, which Sluice finds as
 * it does on a developer's machine: by a kubeconfig.
 */
class KubernetesApiTests {

	private static final String KUBECONFIG = "kubeconfig";

	private static final Map<String, String> CHOSEN = Map.of("use", "sluice");

	private static final String BY_LABEL = "sluice.credentials.kubernetes-api.label-selector=use=sluice";

	private static final TestImage IMAGE = TestImage.of(TestContent.random(10_000));

	private final Set<String> valid = ConcurrentHashMap.newKeySet();

	private final ApiServer api = ApiServer.start();

	private final TestRegistry registry = TestRegistry.basic("robot", this.valid).push("acme/app0", "1", IMAGE);

	@TempDir
	private Path directory;

	@BeforeEach
	void nameTheApiServer() {
		System.setProperty(KUBECONFIG, this.api.kubeconfig(this.directory).toString());
	}

	@AfterEach
	void close() {
		System.clearProperty(KUBECONFIG);
		this.registry.close();
		this.api.close();
	}

	@Test
	void changedSecretCountsWithoutALostPull() throws Exception {
		this.valid.add("old");
		this.api.login("pull", CHOSEN, this.registry.authority(), "robot", "old");
		try (RunningSluice sluice = RunningSluice.start(BY_LABEL);
				PullStream stream = PullStream.start(sluice, List.of(this.registry.authority()), 1, IMAGE)) {
			stream.awaitPulls(20);
			this.valid.add("new");
			this.api.login("pull", CHOSEN, this.registry.authority(), "robot", "new");
			String authorization = TestClient.basic("robot", "new");
			this.registry.requests()
				.awaitCount((request) -> request.headerLines("Authorization").contains(authorization), 1,
						Duration.ofSeconds(30));
			stream.awaitPulls(stream.pulls() + 20);
			this.valid.remove("old");
			stream.awaitPulls(stream.pulls() + 20);
			assertThat(stream.failures()).isEmpty();
		}
	}

	@Test
	void pullsGoOnWithoutTheApiServerAndHealthSaysSo() throws Exception {
		this.valid.add("right");
		this.api.login("pull", Map.of(), this.registry.authority(), "robot", "right");
		this.api.serviceAccount("puller", "pull");
		try (RunningSluice sluice = RunningSluice.start("sluice.credentials.kubernetes-api.service-account=puller");
				TestClient client = TestClient.of(sluice.uri("").toString());
				TestClient management = TestClient.of(sluice.managementUri("").toString())) {
			assertThat(status(client)).isEqualTo(200);
			this.api.down();
			Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.untilAsserted(() -> assertThat(TestClient.text(management.get("/actuator/health")))
					.contains("DEGRADED", "kubernetes secrets of namespace infra", "can't be asked for"));
			assertThat(management.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
			assertThat(status(client)).isEqualTo(200);
			assertThat(this.registry.requests().count(Matching.authorized())).isPositive();
		}
	}

	@Test
	void refusalByTheApiServerKeepsNothingFromStarting() throws Exception {
		this.api.forbid("secrets");
		try (RunningSluice sluice = RunningSluice.start(BY_LABEL);
				TestClient management = TestClient.of(sluice.managementUri("").toString())) {
			assertThat(TestClient.text(management.get("/actuator/health"))).contains("DEGRADED",
					"sluice list secrets in namespace infra (403)");
			assertThat(management.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
		}
	}

	private int status(TestClient client) throws Exception {
		return client.get("/v2/" + this.registry.authority() + "/acme/app0/manifests/1").statusCode();
	}

}
