package dev.sluice.api;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import dev.sluice.testing.BlobHost;
import dev.sluice.testing.RunningSluice;
import dev.sluice.testing.TestClient;
import dev.sluice.testing.TestContent;
import dev.sluice.testing.TestImage;
import dev.sluice.testing.TestRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a client gets through Sluice is what it gets straight from the registry: status,
 * body and every header.
 */
@Timeout(60)
class EqualToStraightTests {

	private static final String LOGIN = TestClient.basic("robot", "s3cret");

	private static final TestContent LAYER = TestContent.generated(200_000, 3);

	private static final TestImage IMAGE = TestImage.of(LAYER);

	private static final TestImage INDEX = TestImage.multiArch();

	/**
	 * What differs by nature: each connection's own, and what all answers of Sluice have.
	 */
	private static final Set<String> OWN = Set.of("date", "connection", "server", "x-content-type-options");

	/** What an object store adds, and Sluice leaves out or makes a registry's. */
	private static final Set<String> STORES_OWN = Set.of("content-type", "etag", "x-amz-request-id");

	private static final TestRegistry REGISTRY = TestRegistry.basic("robot", "s3cret");

	private static final TestRegistry REDIRECTING = TestRegistry.basic("robot", "s3cret");

	private static final BlobHost BLOBS = BlobHost.start();

	private static RunningSluice sluice;

	private static TestClient client;

	@BeforeAll
	static void start(@TempDir Path directory) throws Exception {
		for (TestRegistry registry : List.of(REGISTRY, REDIRECTING)) {
			registry.push("acme/app", "1", IMAGE).push("acme/app", "2", INDEX).push("acme/app", "3", INDEX);
			registry.push("acme/app",
					TestImage.referrer(IMAGE.manifest(), "application/vnd.sbom", TestContent.random(100)));
		}
		REDIRECTING.redirectBlobsTo(BLOBS);
		String login = "{\"username\":\"robot\",\"password\":\"s3cret\"}";
		Path config = java.nio.file.Files.writeString(directory.resolve("config.json"),
				"{\"auths\":{\"%s\":%s,\"%s\":%s}}".formatted(REGISTRY.authority(), login, REDIRECTING.authority(),
						login));
		sluice = RunningSluice.start("sluice.credentials.docker-config=" + config,
				"sluice.upstreams[0].name=plain.test", "sluice.upstreams[0].endpoints=" + REGISTRY.url(),
				"sluice.upstreams[1].name=redirecting.test", "sluice.upstreams[1].endpoints=" + REDIRECTING.url());
		client = TestClient.of(sluice.uri("").toString());
	}

	@AfterAll
	static void stop() {
		client.close();
		sluice.close();
		REGISTRY.close();
		REDIRECTING.close();
		BLOBS.close();
	}

	static Stream<Question> questions() {
		return Stream.of(new Question("/manifests/1"), new Question("/manifests/" + IMAGE.digest()),
				new Question("/manifests/2"), new Question("/manifests/" + INDEX.digest()),
				new Question("/manifests/" + INDEX.manifest().content().sha512()), new Question("/tags/list"),
				new Question("/tags/list?n=2"), new Question("/tags/list?n=2&last=2"),
				new Question("/referrers/" + IMAGE.digest()),
				new Question("/referrers/" + IMAGE.digest() + "?artifactType=application/vnd.sbom"),
				new Question("/referrers/" + INDEX.digest()));
	}

	static Stream<Question> blobQuestions() {
		String path = "/blobs/" + LAYER.digest();
		return Stream.of(new Question(path), new Question("/blobs/" + IMAGE.config().digest()),
				new Question("/blobs/" + LAYER.sha512()), new Question(path, "Range", "bytes=0-0"),
				new Question(path, "Range", "bytes=1000-1999"), new Question(path, "Range", "bytes=190000-"),
				new Question(path, "Range", "bytes=-500"), new Question(path, "Range", "bytes=0-1,4-5"));
	}

	@ParameterizedTest
	@MethodSource({ "questions", "blobQuestions" })
	void answersGetAsTheRegistryDoes(Question question) throws Exception {
		assertEqual("GET", question);
	}

	@ParameterizedTest
	@MethodSource({ "questions", "blobQuestions" })
	void answersHeadAsTheRegistryDoes(Question question) throws Exception {
		assertEqual("HEAD", question);
	}

	@ParameterizedTest
	@MethodSource("blobQuestions")
	void answersGetAsTheHostBehindARedirectDoes(Question question) throws Exception {
		HttpResponse<byte[]> redirect = client.get(REDIRECTING.url() + "/v2/acme/app" + question.path(),
				question.headers("Authorization", LOGIN));
		URI location = URI.create(TestClient.header(redirect, "Location"));
		HttpResponse<byte[]> straight = client.get(location.toString(), question.headers());
		HttpResponse<byte[]> through = client.get("/v2/redirecting.test/acme/app" + question.path(),
				question.headers());
		assertThat(through.statusCode()).isEqualTo(straight.statusCode());
		assertThat(through.body()).isEqualTo(straight.body());
		Map<String, List<String>> expected = headers(straight);
		expected.keySet().removeAll(STORES_OWN);
		expected.put("content-type", List.of("application/octet-stream"));
		String digest = question.path().substring("/blobs/".length());
		expected.put("docker-content-digest", List.of(digest));
		expected.put("etag", List.of("\"" + digest + "\""));
		expected.put("docker-distribution-api-version", List.of("registry/2.0"));
		assertThat(headers(through)).isEqualTo(expected);
	}

	@Test
	void describesABlobBehindARedirectThoughTheSignedUrlRefusesHead() throws Exception {
		HttpResponse<byte[]> through = client.head("/v2/redirecting.test/acme/app/blobs/" + LAYER.digest());
		HttpResponse<byte[]> straight = client.head(REGISTRY.url() + "/v2/acme/app/blobs/" + LAYER.digest(),
				"Authorization", LOGIN);
		assertThat(through.statusCode()).isEqualTo(200);
		Map<String, List<String>> expected = headers(straight);
		expected.keySet().removeAll(Set.of("etag", "cache-control"));
		assertThat(headers(through)).containsAllEntriesOf(expected);
	}

	private static void assertEqual(String method, Question question) throws Exception {
		HttpResponse<byte[]> straight = client.send(method, REGISTRY.url() + "/v2/acme/app" + question.path(),
				question.headers("Authorization", LOGIN));
		HttpResponse<byte[]> through = client.send(method, "/v2/plain.test/acme/app" + question.path(),
				question.headers());
		assertThat(straight.statusCode()).isIn(200, 206);
		assertThat(through.statusCode()).isEqualTo(straight.statusCode());
		assertThat(through.body()).isEqualTo(straight.body());
		Map<String, List<String>> expected = headers(straight);
		expected.computeIfPresent("link", (_, links) -> links.stream().map(EqualToStraightTests::prefixed).toList());
		assertThat(headers(through)).isEqualTo(expected);
	}

	private static String prefixed(String link) {
		return link.replace("</v2/", "</v2/plain.test/");
	}

	private static Map<String, List<String>> headers(HttpResponse<byte[]> answer) {
		Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		headers.putAll(answer.headers().map());
		headers.keySet().removeAll(OWN);
		return headers;
	}

	/**
	 * What is asked, straight and through Sluice.
	 *
	 * @param path the path behind the repository
	 * @param header headers as names and values in turn
	 */
	private record Question(String path, List<String> header) {

		Question(String path, String... header) {
			this(path, List.of(header));
		}

		String[] headers(String... more) {
			return Stream.concat(this.header.stream(), Stream.of(more)).toArray(String[]::new);
		}

		@Override
		public String toString() {
			return this.path.replaceAll("([0-9a-f]{8})[0-9a-f]{56,}", "$1…") + " " + String.join(": ", this.header);
		}

	}

}
