package dev.sluice.api;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import dev.sluice.testing.Gate;
import dev.sluice.testing.Matching;
import dev.sluice.testing.Misbehaviour;
import dev.sluice.testing.RunningSluice;
import dev.sluice.testing.TestClient;
import dev.sluice.testing.TestContent;
import dev.sluice.testing.TestImage;
import dev.sluice.testing.TestRegistry;
import dev.sluice.testing.TokenServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What management shows and what it doesn't, and that readiness depends on nobody else.
 */
class ManagementTests {

	private static final TestContent LAYER = TestContent.random(10_000);

	private static TokenServer tokens;

	private static TestRegistry registry;

	private static RunningSluice sluice;

	private static TestClient client;

	private static TestClient management;

	private static Path config;

	@BeforeAll
	static void start(@TempDir Path directory) {
		tokens = TokenServer.start().user("robot", "s3cret", "acme/*");
		registry = TestRegistry.token(tokens).push("acme/app", "1", TestImage.of(LAYER));
		config = RunningSluice.dockerConfig(directory, registry.authority(), "robot", "s3cret");
		sluice = RunningSluice.before("registry.example.test", registry, config);
		client = TestClient.of(sluice.uri("").toString());
		management = TestClient.of(sluice.managementUri("").toString());
	}

	@AfterAll
	static void stop() {
		client.close();
		management.close();
		sluice.close();
		registry.close();
		tokens.close();
	}

	@AfterEach
	void behave() {
		registry.behave();
	}

	@Test
	void metersCountWhatAPullCostsAndNothingIsLeftInFlight() throws Exception {
		double bytes = meter("sluice_bytes_total{from=\"upstream\"}");
		double own = meter("sluice_bytes_total{from=\"none\"}");
		double blobs = meter("sluice_requests_seconds_count{from=\"upstream\",operation=\"blob\",status=\"200\"}");
		double denied = meter("sluice_requests_seconds_count{from=\"none\",operation=\"manifest\",status=\"404\"}");
		double asked = meter(
				"sluice_upstream_requests_seconds_count{method=\"get\",status=\"200\",upstream=\"registry.example.test\"}");
		double exchanged = meter("sluice_token_exchanges_seconds_count{outcome=\"issued\",realm=\"localhost\"}");
		registry.push("acme/metered", LAYER);
		client.get("/v2/registry.example.test/acme/metered/blobs/" + LAYER.digest());
		int refusal = client.get("/v2/registry.example.test/acme/metered/manifests/none").body().length;
		eventually(() -> {
			assertThat(meter("sluice_bytes_total{from=\"upstream\"}") - bytes).isEqualTo(10_000);
			assertThat(meter("sluice_bytes_total{from=\"none\"}") - own).isEqualTo(refusal);
			assertThat(
					meter("sluice_requests_seconds_count{from=\"upstream\",operation=\"blob\",status=\"200\"}") - blobs)
				.isEqualTo(1);
			assertThat(meter("sluice_requests_seconds_count{from=\"none\",operation=\"manifest\",status=\"404\"}")
					- denied)
				.isEqualTo(1);
			assertThat(meter(
					"sluice_upstream_requests_seconds_count{method=\"get\",status=\"200\",upstream=\"registry.example.test\"}")
					- asked)
				.isEqualTo(1);
			assertThat(
					meter("sluice_token_exchanges_seconds_count{outcome=\"issued\",realm=\"localhost\"}") - exchanged)
				.isEqualTo(1);
			assertThat(meter("sluice_requests_in_flight")).isZero();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "*/*", "text/plain;version=0.0.4", "application/openmetrics-text;version=1.0.0",
			"application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited",
			"application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;q=0.6,"
					+ "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.2,*/*;q=0.1" })
	void metersAreTextWhateverPrometheusWouldRatherHave(String accept) throws Exception {
		HttpResponse<byte[]> answer = management.get("/actuator/prometheus", "Accept", accept);
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(TestClient.header(answer, "Content-Type")).matches("(text/plain|application/openmetrics-text);.*");
		assertThat(TestClient.text(answer)).contains("sluice_requests_in_flight 0");
	}

	@Test
	void requestUnderWayIsInFlightUntilItsClientLeaves() throws Exception {
		registry.misbehave(Matching.blobs(), Misbehaviour.heldUntil(new Gate()));
		try (TestClient leaving = TestClient.of(sluice.uri("").toString())) {
			leaving.getAsync("/v2/registry.example.test/acme/app/blobs/" + LAYER.digest());
			eventually(() -> assertThat(meter("sluice_requests_in_flight")).isEqualTo(1));
		}
		eventually(() -> assertThat(meter("sluice_requests_in_flight")).isZero());
	}

	@Test
	void unreachableUpstreamMakesHealthDegradedAndLeavesReadinessAlone() throws Exception {
		registry.down();
		try {
			client.get("/v2/registry.example.test/acme/app/manifests/1");
		}
		finally {
			registry.up();
		}
		JsonNode upstreams = health("").at("/components/upstreams");
		assertThat(upstreams.path("status").asString()).isEqualTo("DEGRADED");
		assertThat(upstreams.at("/details/registry.example.test").asString()).contains(registry.url(),
				"connection refused");
		assertThat(health("").path("status").asString()).isEqualTo("DEGRADED");
		assertUp("/readiness", "/liveness");
		client.get("/v2/registry.example.test/acme/app/manifests/1");
		assertThat(health("").at("/components/upstreams/details/registry.example.test").asString())
			.isEqualTo("answers");
	}

	@Test
	void malformedCredentialsFileMakesHealthDegradedAndWhatWasReadStaysInForce() throws Exception {
		String good = Files.readString(config);
		try {
			Files.writeString(config, "{ \"auths\": {");
			eventually(
					() -> assertThat(health("").at("/components/credentials/status").asString()).isEqualTo("DEGRADED"));
			assertThat(health("").at("/components/credentials/details").toString()).contains(config.toString(),
					"stays in force");
			assertUp("/readiness", "/liveness");
			assertThat(client.get("/v2/registry.example.test/acme/app/manifests/1").statusCode()).isEqualTo(200);
		}
		finally {
			Files.writeString(config, good);
		}
		eventually(() -> assertThat(health("").at("/components/credentials/status").asString()).isEqualTo("UP"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "env", "configprops", "heapdump", "threaddump", "loggers", "beans", "conditions",
			"mappings", "metrics", "scheduledtasks", "shutdown", "info", "caches" })
	void nothingButHealthAndMetricsIsThere(String endpoint) throws Exception {
		assertThat(management.get("/actuator/" + endpoint).statusCode()).isEqualTo(404);
		assertThat(management.post("/actuator/" + endpoint, "").statusCode()).isEqualTo(404);
	}

	@Test
	void managementAndTheApiAreAtPortsOfTheirOwn() throws Exception {
		assertThat(client.get("/actuator").statusCode()).isEqualTo(404);
		assertThat(client.get("/actuator/health").statusCode()).isEqualTo(404);
		assertThat(management.get("/v2/").statusCode()).isEqualTo(404);
	}

	private static void assertUp(String... groups) throws Exception {
		for (String group : groups) {
			assertThat(management.get("/actuator/health" + group).statusCode()).isEqualTo(200);
			assertThat(health(group).path("status").asString()).isEqualTo("UP");
		}
	}

	private static JsonNode health(String group) throws IOException, InterruptedException {
		return new JsonMapper().readTree(management.get("/actuator/health" + group).body());
	}

	/** A meter's value, zero while there is none. */
	private static double meter(String series) throws IOException, InterruptedException {
		String all = TestClient.text(management.get("/actuator/prometheus"));
		return all.lines()
			.filter((line) -> line.startsWith(series + " "))
			.mapToDouble((line) -> Double.parseDouble(line.substring(series.length() + 1)))
			.findFirst()
			.orElse(0);
	}

	private static void eventually(org.awaitility.core.ThrowingRunnable assertion) {
		Awaitility.await().pollInterval(Duration.ofMillis(20)).atMost(Duration.ofSeconds(30)).untilAsserted(assertion);
	}

}
