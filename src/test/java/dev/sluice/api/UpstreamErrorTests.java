package dev.sluice.api;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.sluice.testing.ByteSource;
import dev.sluice.testing.Gate;
import dev.sluice.testing.Listener;
import dev.sluice.testing.LogCapture;
import dev.sluice.testing.Matching;
import dev.sluice.testing.Misbehaviour;
import dev.sluice.testing.OciFailure;
import dev.sluice.testing.RunningSluice;
import dev.sluice.testing.TestCertificates;
import dev.sluice.testing.TestClient;
import dev.sluice.testing.TestContent;
import dev.sluice.testing.TestImage;
import dev.sluice.testing.TestManifest;
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
 * The error table of the house plan as far as registries cause it: each row over HTTP.
 */
class UpstreamErrorTests {

	private static final TestImage IMAGE = TestImage.of(TestContent.random(100_000));

	private static final TestContent LAYER = IMAGE.layer(0);

	private static TestRegistry registry;

	private static TestRegistry locked;

	private static TestRegistry secure;

	private static RunningSluice sluice;

	private static TestClient client;

	@BeforeAll
	static void start(@TempDir Path directory) throws IOException {
		registry = TestRegistry.basic("robot", "s3cret").push("acme/app", "1", IMAGE);
		locked = TestRegistry.basic("robot", "another password").push("acme/app", "1", IMAGE);
		secure = TestRegistry.open(Listener.loopback().secured(TestCertificates.in(directory).server()));
		Path config = Files.writeString(directory.resolve("config.json"),
				"{\"auths\":{\"%s\":{\"username\":\"robot\",\"password\":\"s3cret\"},\"%s\":{\"username\":\"robot\",\"password\":\"s3cret\"}}}"
					.formatted(registry.authority(), locked.authority()));
		sluice = RunningSluice.start("sluice.credentials.docker-config=" + config,
				"sluice.upstreams[0].name=registry.example.test", "sluice.upstreams[0].endpoints=" + registry.url(),
				"sluice.upstreams[1].name=locked.example.test", "sluice.upstreams[1].endpoints=" + locked.url(),
				"sluice.upstreams[2].name=untrusted.example.test", "sluice.upstreams[2].endpoints=" + secure.url(),
				"sluice.upstreams[3].name=plain.example.test",
				"sluice.upstreams[3].endpoints=https://" + registry.authority(),
				"sluice.upstreams[4].name=unknown.example.test",
				"sluice.upstreams[4].endpoints=http://registry.invalid", "sluice.upstreams[5].name=slow.example.test",
				"sluice.upstreams[5].endpoints=" + registry.url(), "sluice.upstreams[5].timeouts.response=300ms",
				"sluice.upstreams[6].name=narrow.example.test", "sluice.upstreams[6].endpoints=" + registry.url(),
				"sluice.upstreams[6].pool.size=1", "sluice.upstreams[6].pool.pending=1");
		client = TestClient.of(sluice.uri("").toString());
	}

	@AfterAll
	static void stop() {
		Stream.of(client, sluice, registry, locked, secure).forEach(UpstreamErrorTests::close);
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

	private static void close(AutoCloseable closeable) {
		try {
			closeable.close();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	@AfterEach
	void behave() {
		registry.behave();
	}

	@Test
	void refusedConnectionIsABadGateway() throws Exception {
		registry.down();
		try {
			get(manifest("registry.example.test")).is(502, "UNAVAILABLE").saying(registry.url(), "connection refused");
		}
		finally {
			registry.up();
		}
	}

	@Test
	void nameThatDoesNotResolveIsABadGateway() throws Exception {
		get(manifest("unknown.example.test")).is(502, "UNAVAILABLE")
			.saying("http://registry.invalid", "the name doesn't resolve");
	}

	@Test
	void certificateOfAnUnknownAuthorityIsABadGateway() throws Exception {
		get(manifest("untrusted.example.test")).is(502, "UNAVAILABLE")
			.saying(secure.url(), "certificate", "certificate-authority");
	}

	@Test
	void plainHttpAtAnHttpsEndpointIsABadGateway() throws Exception {
		get(manifest("plain.example.test")).is(502, "UNAVAILABLE").saying("https://" + registry.authority(), "http://");
	}

	@Test
	void connectionClosedBeforeTheAnswerIsABadGateway() throws Exception {
		registry.misbehave(Matching.any(), Misbehaviour.hangUp());
		get(manifest("registry.example.test")).is(502, "UNAVAILABLE").saying(registry.url(), "before the answer");
	}

	@ParameterizedTest
	@ValueSource(ints = { 500, 502, 503, 504 })
	void failingRegistryIsABadGateway(int status) throws Exception {
		registry.misbehave(Matching.any(), Misbehaviour.status(status));
		get(manifest("registry.example.test")).is(502, "UNAVAILABLE")
			.saying("registry.example.test answered " + status, "told to answer " + status);
		get(blob("registry.example.test")).is(502, "UNAVAILABLE");
	}

	@Test
	void unlikelyStatusIsABadGateway() throws Exception {
		registry.misbehave(Matching.any(), Misbehaviour.status(418));
		get(manifest("registry.example.test")).is(502, "UNAVAILABLE").saying("registry.example.test answered 418");
	}

	@Test
	void htmlPageInPlaceOfAManifestOrListIsABadGateway() throws Exception {
		registry.misbehave(Matching.any(), Misbehaviour.htmlPage());
		get(manifest("registry.example.test")).is(502, "UNAVAILABLE").saying("registry.example.test", "HTML page");
		get("/v2/registry.example.test/acme/app/tags/list").is(502, "UNAVAILABLE")
			.saying("registry.example.test", "HTML page");
	}

	@Test
	void partOfAManifestOrListIsABadGateway() throws Exception {
		registry.misbehave(Matching.any(), Misbehaviour.answer(206, "application/json", "{\"schemaVersion\""));
		get(manifest("registry.example.test")).is(502, "UNAVAILABLE").saying("registry.example.test", "a part of");
		get("/v2/registry.example.test/acme/app/tags/list").is(502, "UNAVAILABLE")
			.saying("registry.example.test", "a part of");
	}

	@Test
	void manifestThatIsNotWhatItsDigestSaysIsABadGateway() throws Exception {
		registry.misbehave(Matching.manifests(), Misbehaviour.flipByteAt(20));
		get(manifest("registry.example.test")).is(502, "UNAVAILABLE").saying("registry.example.test", IMAGE.digest());
		get("/v2/registry.example.test/acme/app/manifests/" + IMAGE.digest()).is(502, "UNAVAILABLE")
			.saying("registry.example.test", IMAGE.digest());
	}

	@Test
	void manifestOfAnotherDigestThanAskedForIsABadGatewayByHeadToo() throws Exception {
		registry.misbehave(Matching.manifests(), Misbehaviour.wrongDigestHeader());
		registry.misbehave(Matching.manifests(), Misbehaviour.flipByteAt(20));
		HttpResponse<byte[]> head = client.head("/v2/registry.example.test/acme/app/manifests/" + IMAGE.digest());
		assertThat(head.statusCode()).isEqualTo(502);
		assertThat(head.body()).isEmpty();
	}

	@Test
	void blobWithTheDigestOfAnotherIsABadGateway() throws Exception {
		registry.misbehave(Matching.blobs(), Misbehaviour.wrongDigestHeader());
		get(blob("registry.example.test")).is(502, "UNAVAILABLE").saying("registry.example.test", LAYER.digest());
	}

	@Test
	void encodedAnswerIsABadGateway() throws Exception {
		registry.misbehave(Matching.any(), Misbehaviour.gzipped());
		get(manifest("registry.example.test")).is(502, "UNAVAILABLE").saying("registry.example.test", "gzip");
		get(blob("registry.example.test")).is(502, "UNAVAILABLE").saying("registry.example.test", "gzip");
	}

	@Test
	void manifestOfFourMebibytesIsServedAndALargerOneIsABadGateway() throws Exception {
		registry.push("acme/large", "4", large(4 * 1024 * 1024)).push("acme/large", "5", large(4 * 1024 * 1024 + 1));
		assertThat(client.get("/v2/registry.example.test/acme/large/manifests/4").body()).hasSize(4 * 1024 * 1024);
		get("/v2/registry.example.test/acme/large/manifests/5").is(502, "UNAVAILABLE").saying("4194304");
	}

	private static TestImage large(int size) {
		String text = "{\"schemaVersion\":2}" + " ".repeat(size - 19);
		return new TestImage(List.of(TestManifest.of(TestManifest.OCI_MANIFEST, ByteSource.of(text))), List.of());
	}

	@Test
	void registryThatDoesNotAnswerInTimeIsAGatewayTimeout() throws Exception {
		registry.misbehave(Matching.any(), Misbehaviour.heldUntil(new Gate()));
		get(manifest("slow.example.test")).is(504, "UNAVAILABLE").saying(registry.url(), "300");
	}

	@Test
	void limitOfTheRegistryIsPassedOnWithItsRetryAfter() throws Exception {
		registry.misbehave(Matching.any(), Misbehaviour.tooManyRequests(17));
		get(manifest("registry.example.test")).is(429, "TOOMANYREQUESTS")
			.with("Retry-After", "17")
			.saying("registry.example.test", "rate limit exceeded");
	}

	@Test
	void refusedCredentialIsDeniedAndNeverAChallenge() throws Exception {
		try (LogCapture log = LogCapture.asUsersSeeIt()) {
			get(manifest("locked.example.test")).is(403, "DENIED")
				.saying("locked.example.test answered 401", "docker config", locked.authority())
				.saying("log in again", "presented again now and then");
			assertThat(log.awaitAccessLine("CredentialRejected")).contains("repository=acme/app",
					"credential=\"docker config");
		}
	}

	@Test
	void forbiddenRepositoryIsDenied() throws Exception {
		registry.misbehave(Matching.manifests(), Misbehaviour.status(403));
		get(manifest("registry.example.test")).is(403, "DENIED").saying("registry.example.test answered 403");
	}

	@Test
	void unknownContentIsNotFoundByTheRegistrysOwnCode() throws Exception {
		get("/v2/registry.example.test/acme/app/manifests/9").is(404, "MANIFEST_UNKNOWN")
			.saying("registry.example.test answered 404");
		get("/v2/registry.example.test/acme/none/manifests/9").is(404, "NAME_UNKNOWN");
		get("/v2/registry.example.test/acme/app/blobs/" + TestContent.of("none").digest()).is(404, "BLOB_UNKNOWN");
	}

	@Test
	void rangeOutsideTheBlobIsNotSatisfiable() throws Exception {
		HttpResponse<byte[]> answer = client.get(blob("registry.example.test"), "Range", "bytes=100000-");
		assertThat(answer.statusCode()).isEqualTo(416);
		assertThat(TestClient.header(answer, "Content-Range")).isEqualTo("bytes */100000");
	}

	@Test
	void fullQueueIsServiceUnavailableAtOnce() throws Exception {
		client.head(blob("narrow.example.test"));
		Gate gate = new Gate();
		registry.misbehave(Matching.blobs(), Misbehaviour.heldUntil(gate));
		List<CompletableFuture<HttpResponse<byte[]>>> asked = Stream.generate(() -> blob("narrow.example.test"))
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

	@Test
	void failureOfAHeadHasNoBody() throws Exception {
		registry.misbehave(Matching.any(), Misbehaviour.status(503));
		HttpResponse<byte[]> manifest = client.head(manifest("registry.example.test"));
		assertThat(manifest.statusCode()).isEqualTo(502);
		assertThat(manifest.body()).isEmpty();
		assertThat(client.head(blob("registry.example.test")).statusCode()).isEqualTo(502);
	}

	private static String manifest(String registryName) {
		return "/v2/" + registryName + "/acme/app/manifests/1";
	}

	private static String blob(String registryName) {
		return "/v2/" + registryName + "/acme/app/blobs/" + LAYER.digest();
	}

	private static OciFailure get(String path) throws Exception {
		return OciFailure.of(client.get(path));
	}

}
