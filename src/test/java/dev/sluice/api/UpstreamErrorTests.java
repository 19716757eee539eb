package dev.sluice.api;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import dev.sluice.testing.ByteSource;
import dev.sluice.testing.LogCapture;
import dev.sluice.testing.Matching;
import dev.sluice.testing.Misbehaviour;
import dev.sluice.testing.OciFailure;
import dev.sluice.testing.RunningSluice;
import dev.sluice.testing.TestClient;
import dev.sluice.testing.TestContent;
import dev.sluice.testing.TestImage;
import dev.sluice.testing.TestManifest;
import dev.sluice.testing.TestRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The error table of the house plan as far as registries cause it by what they answer:
 * each row over HTTP.
 */
class UpstreamErrorTests {

	private static final TestImage IMAGE = TestImage.of(TestContent.random(100_000));

	private static final TestContent LAYER = IMAGE.layer(0);

	private static TestRegistry registry;

	private static TestRegistry locked;

	private static RunningSluice sluice;

	private static TestClient client;

	@BeforeAll
	static void start(@TempDir Path directory) throws IOException {
		registry = TestRegistry.basic("robot", "s3cret").push("acme/app", "1", IMAGE);
		locked = TestRegistry.basic("robot", "another password").push("acme/app", "1", IMAGE);
		Path config = Files.writeString(directory.resolve("config.json"),
				"{\"auths\":{\"%s\":{\"username\":\"robot\",\"password\":\"s3cret\"},\"%s\":{\"username\":\"robot\",\"password\":\"s3cret\"}}}"
					.formatted(registry.authority(), locked.authority()));
		sluice = RunningSluice.start("sluice.credentials.docker-config=" + config,
				"sluice.upstreams[0].name=registry.example.test", "sluice.upstreams[0].endpoints=" + registry.url(),
				"sluice.upstreams[1].name=locked.example.test", "sluice.upstreams[1].endpoints=" + locked.url());
		client = TestClient.of(sluice.uri("").toString());
	}

	@AfterAll
	static void stop() {
		client.close();
		sluice.close();
		locked.close();
		registry.close();
	}

	@AfterEach
	void behave() {
		registry.behave();
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
