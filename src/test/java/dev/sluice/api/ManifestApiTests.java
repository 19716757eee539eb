package dev.sluice.api;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.sluice.oci.MediaTypes;
import dev.sluice.testing.Matching;
import dev.sluice.testing.Misbehaviour;
import dev.sluice.testing.OciFailure;
import dev.sluice.testing.PrivateRegistry;
import dev.sluice.testing.RecordedRequest;
import dev.sluice.testing.TestClient;
import dev.sluice.testing.TestContent;
import dev.sluice.testing.TestImage;
import dev.sluice.testing.TestManifest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Manifests over HTTP: by tag and digest, and what Sluice asks for on a client's behalf.
 */
@Timeout(60)
class ManifestApiTests {

	private static final TestImage IMAGE = TestImage.multiArch();

	private static final TestImage DOCKER = TestImage.docker(TestContent.random(512));

	private static final String TAG = "/v2/acme/app/manifests/1";

	private static PrivateRegistry upstream;

	@BeforeAll
	static void start(@TempDir Path directory) {
		upstream = PrivateRegistry.start(directory);
		upstream.registry().push("acme/app", "1", IMAGE).push("acme/app", "docker", DOCKER);
	}

	@AfterAll
	static void stop() {
		upstream.close();
	}

	@AfterEach
	void behave() {
		upstream.registry().behave();
	}

	@Test
	void servesAnIndexByTagAndByDigest() throws Exception {
		for (String reference : List.of("1", IMAGE.digest())) {
			HttpResponse<byte[]> answer = get("/v2/acme/app/manifests/" + reference);
			assertThat(answer.statusCode()).isEqualTo(200);
			assertThat(answer.body()).isEqualTo(IMAGE.manifest().bytes());
			assertDescribes(answer, IMAGE.manifest(), IMAGE.digest());
		}
	}

	@Test
	void servesAManifestBySha512() throws Exception {
		String sha512 = IMAGE.manifest().content().sha512();
		HttpResponse<byte[]> answer = get("/v2/acme/app/manifests/" + sha512);
		assertThat(answer.body()).isEqualTo(IMAGE.manifest().bytes());
		assertDescribes(answer, IMAGE.manifest(), sha512);
		assertDescribes(head("/v2/acme/app/manifests/" + sha512), IMAGE.manifest(), sha512);
	}

	@Test
	void takesAColonThatIsPercentEncoded() throws Exception {
		HttpResponse<byte[]> answer = get("/v2/acme/app/manifests/" + IMAGE.digest().replace(":", "%3A"));
		assertThat(answer.body()).isEqualTo(IMAGE.manifest().bytes());
	}

	@Test
	void describesByHeadWithoutPullingTheManifest() throws Exception {
		get(TAG);
		upstream.registry().requests().clear();
		HttpResponse<byte[]> answer = head(TAG);
		assertDescribes(answer, IMAGE.manifest(), IMAGE.digest());
		assertThat(answer.body()).isEmpty();
		assertThat(upstream.registry().requests().all()).singleElement().matches(RecordedRequest::isHead);
	}

	@Test
	void asksForEveryKnownTypeAndTheClientsByDigest() throws Exception {
		HttpResponse<byte[]> answer = get("/v2/acme/app/manifests/" + DOCKER.digest(), "Accept",
				"application/vnd.acme+json");
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(TestClient.header(answer, "Content-Type")).isEqualTo(TestManifest.DOCKER_MANIFEST);
		assertThat(acceptedUpstream()).containsAll(MediaTypes.MANIFESTS).contains("application/vnd.acme+json");
	}

	@Test
	void asksForTheClientsTypesMergedFromItsLinesByTag() throws Exception {
		get(TAG, "Accept", TestManifest.OCI_INDEX + ", application/vnd.acme+json", "Accept",
				TestManifest.DOCKER_MANIFEST);
		assertThat(upstream.registry().requests().last().headerLines("Accept")).hasSize(1);
		assertThat(acceptedUpstream()).containsExactlyInAnyOrder(TestManifest.OCI_INDEX, "application/vnd.acme+json",
				TestManifest.DOCKER_MANIFEST);
	}

	@Test
	void saysNotFoundByTagWhenTheClientTakesNoneOfTheTypesThereAre() throws Exception {
		HttpResponse<byte[]> answer = get(TAG, "Accept", TestManifest.DOCKER_MANIFEST);
		assertThat(answer.statusCode()).isEqualTo(404);
		assertThat(TestClient.text(answer)).contains("MANIFEST_UNKNOWN");
	}

	@Test
	void asksForEveryKnownTypeByTagWhenTheClientNamesNone() throws Exception {
		get(TAG);
		assertThat(acceptedUpstream()).containsExactlyElementsOf(MediaTypes.MANIFESTS);
		get(TAG, "Accept", "*/*");
		assertThat(acceptedUpstream()).containsExactlyElementsOf(MediaTypes.MANIFESTS);
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 401, 402, 403, 405, 406, 415, 500, 501, 502, 503, 504 })
	void repeatsARefusedHeadAsGet(int status) throws Exception {
		upstream.registry().misbehave(Matching.head("/manifests/"), Misbehaviour.bareStatus(status));
		for (String reference : List.of("1", IMAGE.digest())) {
			HttpResponse<byte[]> answer = head("/v2/acme/app/manifests/" + reference);
			assertThat(answer.statusCode()).isEqualTo(200);
			assertDescribes(answer, IMAGE.manifest(), IMAGE.digest());
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 404, 429 })
	void takesAHeadsAnswerThatGetWouldGiveToo(int status) throws Exception {
		upstream.registry().misbehave(Matching.head("/manifests/"), Misbehaviour.status(status));
		assertThat(head(TAG).statusCode()).isEqualTo(status);
		assertThat(upstream.registry().requests().last().method()).isEqualTo("HEAD");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Docker-Content-Digest", "Content-Length", "Content-Type" })
	void pullsTheManifestWhenItsHeadDoesntDescribeIt(String missing) throws Exception {
		upstream.registry().misbehave(Matching.head("/manifests/"), Misbehaviour.without(missing));
		assertDescribes(head(TAG), IMAGE.manifest(), IMAGE.digest());
		assertThat(upstream.registry().requests().last().method()).isEqualTo("GET");
	}

	/** What is odd of HEAD alone. */
	@ParameterizedTest
	@CsvSource({ "200, Content-Encoding, gzip", "200, Content-Range, bytes 0-9/10", "206, Content-Range, bytes 0-9/10",
			"206, X-Other, a", "416, X-Other, a", "204, X-Other, a" })
	void pullsTheManifestWhenItsHeadIsOdd(int status, String header, String value) throws Exception {
		upstream.registry().misbehave(Matching.head("/manifests/"), Misbehaviour.answer(status, "text/plain", ""));
		upstream.registry().misbehave(Matching.head("/manifests/"), Misbehaviour.header(header, value));
		assertDescribes(head(TAG), IMAGE.manifest(), IMAGE.digest());
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/html; charset=utf-8", "Text/HTML" })
	void refusesAPageInPlaceOfAManifest(String type) throws Exception {
		upstream.registry().misbehave(Matching.manifests(), Misbehaviour.answer(200, type, "<html>log in"));
		OciFailure.of(get(TAG)).is(502, "UNAVAILABLE").saying("in the way?");
	}

	/** Whatever the upstream's header says of it, by GET as by HEAD. */
	@ParameterizedTest
	@ValueSource(strings = { "sha256", "sha512" })
	void answersByDigestWithTheDigestAskedFor(String algorithm) throws Exception {
		TestContent content = IMAGE.manifest().content();
		for (String asked : List.of(content.digest(), content.sha512())) {
			upstream.registry()
				.misbehave(Matching.manifests(), Misbehaviour.header("Docker-Content-Digest",
						TestContent.of("something else").digest(algorithm)));
			assertDescribes(get("/v2/acme/app/manifests/" + asked), IMAGE.manifest(), asked);
			assertDescribes(head("/v2/acme/app/manifests/" + asked), IMAGE.manifest(), asked);
		}
	}

	@Test
	void computesTheDigestThatTheUpstreamDoesntSay() throws Exception {
		upstream.registry().misbehave(Matching.manifests(), Misbehaviour.without("Docker-Content-Digest"));
		assertDescribes(get(TAG), IMAGE.manifest(), IMAGE.digest());
	}

	@Test
	void leavesTheParametersOfAContentTypeOut() throws Exception {
		upstream.registry()
			.misbehave(Matching.manifests(),
					Misbehaviour.header("Content-Type", TestManifest.OCI_INDEX + "; charset=utf-8"));
		assertDescribes(get(TAG), IMAGE.manifest(), IMAGE.digest());
		assertDescribes(head(TAG), IMAGE.manifest(), IMAGE.digest());
	}

	@Test
	void sendsNothingPersonalOfTheClientUpstream() throws Exception {
		HttpResponse<byte[]> answer = get(TAG, "Authorization", "Bearer of-the-client", "Cookie", "a=b", "X-Other", "c",
				"Accept-Encoding", "gzip");
		assertThat(answer.statusCode()).isEqualTo(200);
		RecordedRequest sent = upstream.registry().requests().last();
		assertThat(sent.headers().toString()).doesNotContain("of-the-client", "a=b", "X-Other");
		assertThat(sent.header("Accept-Encoding")).contains("identity");
	}

	@Test
	void keepsWhatAnUpstreamSaysOfItselfFromTheClient() throws Exception {
		upstream.registry()
			.misbehave(Matching.manifests(), Misbehaviour.extraHeaders(Map.of("Set-Cookie", "a=b", "WWW-Authenticate",
					"Bearer realm=\"http://x\"", "Server", "nginx", "CF-Ray", "1", "Via", "1.1 varnish")));
		HttpResponse<byte[]> answer = get(TAG);
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.headers().map()).doesNotContainKeys("set-cookie", "www-authenticate", "server", "cf-ray",
				"via");
	}

	private static void assertDescribes(HttpResponse<byte[]> answer, TestManifest manifest, String digest) {
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(TestClient.header(answer, "Content-Type")).isEqualTo(manifest.mediaType());
		assertThat(TestClient.header(answer, "Content-Length")).isEqualTo(Long.toString(manifest.content().size()));
		assertThat(TestClient.header(answer, "Docker-Content-Digest")).isEqualTo(digest);
		assertThat(TestClient.header(answer, "Docker-Distribution-Api-Version")).isEqualTo("registry/2.0");
	}

	private static List<String> acceptedUpstream() {
		String accept = upstream.registry().requests().last().header("Accept").orElse("");
		return Stream.of(accept.split(",", -1)).map(String::strip).toList();
	}

	private static HttpResponse<byte[]> get(String path, String... headers) throws Exception {
		return upstream.client().get(path, headers);
	}

	private static HttpResponse<byte[]> head(String path) throws Exception {
		return upstream.client().head(path);
	}

}
