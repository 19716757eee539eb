package dev.sluice.api;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.sluice.testing.Gate;
import dev.sluice.testing.Listener;
import dev.sluice.testing.Matching;
import dev.sluice.testing.Misbehaviour;
import dev.sluice.testing.OciFailure;
import dev.sluice.testing.RunningSluice;
import dev.sluice.testing.TestCertificates;
import dev.sluice.testing.TestClient;
import dev.sluice.testing.TestContent;
import dev.sluice.testing.TestImage;
import dev.sluice.testing.TestRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The error table of the house plan as far as the way to a registry causes it, or how
 * long it takes: each row over HTTP.
 */
class UnreachableUpstreamTests {

	private static final TestImage IMAGE = TestImage.of(TestContent.random(100_000));

	private static final String MANIFEST = "/acme/app/manifests/1";

	private static final String BLOB = "/acme/app/blobs/" + IMAGE.layer(0).digest();

	private static TestRegistry registry;

	private static TestRegistry secure;

	private static RunningSluice sluice;

	private static TestClient client;

	@BeforeAll
	static void start(@TempDir Path directory) {
		registry = TestRegistry.basic("robot", "s3cret").push("acme/app", "1", IMAGE);
		secure = TestRegistry.open(Listener.loopback().secured(TestCertificates.in(directory).server()));
		Path config = RunningSluice.dockerConfig(directory, registry.authority(), "robot", "s3cret");
		sluice = RunningSluice.start("sluice.credentials.docker-config=" + config,
				"sluice.upstreams[0].name=registry.example.test", "sluice.upstreams[0].endpoints=" + registry.url(),
				"sluice.upstreams[1].name=untrusted.example.test", "sluice.upstreams[1].endpoints=" + secure.url(),
				"sluice.upstreams[2].name=plain.example.test",
				"sluice.upstreams[2].endpoints=https://" + registry.authority(),
				"sluice.upstreams[3].name=unknown.example.test",
				"sluice.upstreams[3].endpoints=http://registry.invalid", "sluice.upstreams[4].name=slow.example.test",
				"sluice.upstreams[4].endpoints=" + registry.url(), "sluice.upstreams[4].timeouts.response=300ms",
				"sluice.upstreams[5].name=narrow.example.test", "sluice.upstreams[5].endpoints=" + registry.url(),
				"sluice.upstreams[5].pool.size=1", "sluice.upstreams[5].pool.pending=1");
		client = TestClient.of(sluice.uri("").toString());
	}

	@AfterAll
	static void stop() {
		client.close();
		sluice.close();
		secure.close();
		registry.close();
	}

	@AfterEach
	void behave() {
		registry.behave();
	}

	@Test
	void refusedConnectionIsABadGateway() throws Exception {
		registry.down();
		try {
			OciFailure.of(client.get("/v2/registry.example.test" + MANIFEST))
				.is(502, "UNAVAILABLE")
				.saying(registry.url(), "connection refused");
		}
		finally {
			registry.up();
		}
	}

	@Test
	void nameThatDoesNotResolveIsABadGateway() throws Exception {
		OciFailure.of(client.get("/v2/unknown.example.test" + MANIFEST))
			.is(502, "UNAVAILABLE")
			.saying("http://registry.invalid", "the name doesn't resolve");
	}

	@Test
	void certificateOfAnUnknownAuthorityIsABadGateway() throws Exception {
		OciFailure.of(client.get("/v2/untrusted.example.test" + MANIFEST))
			.is(502, "UNAVAILABLE")
			.saying(secure.url(), "certificate", "certificate-authority");
	}

	@Test
	void plainHttpAtAnHttpsEndpointIsABadGateway() throws Exception {
		OciFailure.of(client.get("/v2/plain.example.test" + MANIFEST))
			.is(502, "UNAVAILABLE")
			.saying("https://" + registry.authority(), "http://");
	}

	@Test
	void connectionClosedBeforeTheAnswerIsABadGateway() throws Exception {
		registry.misbehave(Matching.any(), Misbehaviour.hangUp());
		OciFailure.of(client.get("/v2/registry.example.test" + MANIFEST))
			.is(502, "UNAVAILABLE")
			.saying(registry.url(), "before the answer");
	}

	@Test
	void registryThatDoesNotAnswerInTimeIsAGatewayTimeout() throws Exception {
		registry.misbehave(Matching.any(), Misbehaviour.heldUntil(new Gate()));
		OciFailure.of(client.get("/v2/slow.example.test" + MANIFEST))
			.is(504, "UNAVAILABLE")
			.saying(registry.url(), "300");
	}

	@Test
	void fullQueueIsServiceUnavailableAtOnce() throws Exception {
		client.head("/v2/narrow.example.test" + BLOB);
		Gate gate = new Gate();
		registry.misbehave(Matching.blobs(), Misbehaviour.heldUntil(gate));
		List<CompletableFuture<HttpResponse<byte[]>>> asked = Stream.generate(() -> "/v2/narrow.example.test" + BLOB)
			.limit(3)
			.map((path) -> client.getAsync(path))
			.toList();
		HttpResponse<byte[]> first = (HttpResponse<byte[]>) CompletableFuture
			.anyOf(asked.toArray(CompletableFuture[]::new))
			.get(5, TimeUnit.SECONDS);
		OciFailure.of(first)
			.is(503, "UNAVAILABLE")
			.with("Retry-After", "5")
			.saying(registry.url(), "sluice.upstreams[].pool.size");
		gate.open();
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(asked).allMatch(CompletableFuture::isDone));
		assertThat(asked.stream().map((answer) -> answer.join().statusCode())).containsExactlyInAnyOrder(200, 200, 503);
	}

	@ParameterizedTest
	@ValueSource(ints = { 404, 429, 500, 503 })
	void anErrorWhoseBodyNeverEndsHoldsNobodyUp(int status) throws Exception {
		registry.misbehave(Matching.path("/manifests/stalled"), Misbehaviour.status(status));
		registry.misbehave(Matching.path("/manifests/stalled"), Misbehaviour.stallAt(1));
		HttpResponse<byte[]> answer = client.getAsync("/v2/registry.example.test/acme/app/manifests/stalled")
			.get(20, TimeUnit.SECONDS);
		assertThat(answer.statusCode()).isEqualTo((status == 500 || status == 503) ? 502 : status);
	}

}
