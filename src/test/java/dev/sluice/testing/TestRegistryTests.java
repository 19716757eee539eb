package dev.sluice.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Proves that {@link TestRegistry} serves what a registry serves, fails as told, and sees
 * what clients do.
 */
@Timeout(30)
class TestRegistryTests {

	private static final Duration LIMIT = Duration.ofSeconds(5);

	private final HttpClient client = HttpClient.newHttpClient();

	private final TestImage image = TestImage.random();

	private TestRegistry registry;

	@BeforeEach
	void start() {
		this.registry = TestRegistry.open().push("acme/app", "1", this.image);
	}

	@AfterEach
	void stop() {
		this.registry.close();
		this.client.close();
	}

	@Test
	void servesManifestByTagWithAllHeaders() throws Exception {
		HttpResponse<byte[]> response = get("/v2/acme/app/manifests/1", "Accept", TestManifest.OCI_MANIFEST);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).isEqualTo(this.image.manifest().bytes());
		assertThat(header(response, "Content-Type")).isEqualTo(TestManifest.OCI_MANIFEST);
		assertThat(header(response, "Docker-Content-Digest")).isEqualTo(this.image.digest());
		assertThat(header(response, "ETag")).isEqualTo("\"" + this.image.digest() + "\"");
		assertThat(header(response, "Docker-Distribution-Api-Version")).isEqualTo("registry/2.0");
	}

	@Test
	void answersHeadWithLengthAndNoBody() throws Exception {
		HttpResponse<byte[]> response = send("HEAD", "/v2/acme/app/manifests/1");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).isEmpty();
		assertThat(header(response, "Content-Length"))
			.isEqualTo(Integer.toString(this.image.manifest().bytes().length));
		assertThat(get("/v2/").statusCode()).isEqualTo(200);
	}

	@Test
	void servesByEitherDigestAlgorithm() throws Exception {
		String sha512 = this.image.manifest().content().sha512();
		HttpResponse<byte[]> manifest = get("/v2/acme/app/manifests/" + sha512);
		assertThat(manifest.body()).isEqualTo(this.image.manifest().bytes());
		assertThat(header(manifest, "Docker-Content-Digest")).isEqualTo(sha512);
		assertThat(get("/v2/acme/app/blobs/" + this.image.layer(0).sha512()).body())
			.isEqualTo(this.image.layer(0).bytes());
	}

	@Test
	void hidesManifestWhenAcceptDoesNotListItsType() throws Exception {
		HttpResponse<byte[]> response = get("/v2/acme/app/manifests/" + this.image.digest(), "Accept",
				TestManifest.OCI_INDEX + ", " + TestManifest.DOCKER_MANIFEST);
		assertThat(response.statusCode()).isEqualTo(404);
		assertThat(new String(response.body())).contains("MANIFEST_UNKNOWN");
		assertThat(get("/v2/acme/app/manifests/1", "Accept", "text/plain", "Accept", "*/*").statusCode())
			.isEqualTo(200);
	}

	@Test
	void answersNotModifiedWhenTheClientHasIt() throws Exception {
		HttpResponse<byte[]> response = get("/v2/acme/app/manifests/1", "If-None-Match",
				"\"" + this.image.digest() + "\"");
		assertThat(response.statusCode()).isEqualTo(304);
	}

	@Test
	void refusesWhatIsNotWellFormedOrUnknown() throws Exception {
		assertThat(get("/v2/ACME/app/manifests/1").statusCode()).isEqualTo(400);
		assertThat(get("/v2/acme/app/blobs/sha256:12").statusCode()).isEqualTo(400);
		assertThat(get("/v2/acme/other/manifests/1").statusCode()).isEqualTo(404);
		assertThat(get("/v2/acme/app/manifests/2").statusCode()).isEqualTo(404);
		assertThat(get("/v2/acme/app/blobs/" + TestContent.of("nobody pushed me").digest()).statusCode())
			.isEqualTo(404);
		assertThat(send("PUT", "/v2/acme/app/manifests/1").statusCode()).isEqualTo(405);
	}

	@Test
	void servesRanges() throws Exception {
		TestContent blob = TestContent.generated(3_000_000, 7);
		this.registry.push("acme/app", blob);
		byte[] bytes = blob.bytes();
		assertRange(blob, "bytes=0-0", bytes, 0, 1);
		assertRange(blob, "bytes=1000000-1999999", bytes, 1_000_000, 2_000_000);
		assertRange(blob, "bytes=2999990-", bytes, 2_999_990, 3_000_000);
		assertRange(blob, "bytes=-5", bytes, 2_999_995, 3_000_000);
		assertThat(get(path(blob), "Range", "bytes=0-1,5-6").statusCode()).isEqualTo(200);
		HttpResponse<byte[]> outside = get(path(blob), "Range", "bytes=3000000-");
		assertThat(outside.statusCode()).isEqualTo(416);
		assertThat(header(outside, "Content-Range")).isEqualTo("bytes */3000000");
	}

	@Test
	void ignoresRangeWhenTold() throws Exception {
		this.registry.misbehave(Matching.blobs(), Misbehaviour.ignoreRange());
		assertThat(get(path(this.image.layer(0)), "Range", "bytes=5-").statusCode()).isEqualTo(200);
	}

	@Test
	void listsTagsInPagesWithRelativeLinks() throws Exception {
		for (String tag : List.of("c", "a", "b")) {
			this.registry.push("acme/tags", tag, this.image);
		}
		HttpResponse<byte[]> page = get("/v2/acme/tags/tags/list?n=2");
		assertThat(new String(page.body())).isEqualTo("{\"name\":\"acme/tags\",\"tags\":[\"a\",\"b\"]}");
		assertThat(header(page, "Link")).isEqualTo("</v2/acme/tags/tags/list?last=b&n=2>; rel=\"next\"");
		HttpResponse<byte[]> last = get("/v2/acme/tags/tags/list?last=b&n=2");
		assertThat(new String(last.body())).contains("[\"c\"]");
		assertThat(last.headers().firstValue("Link")).isEmpty();
		HttpResponse<byte[]> none = get("/v2/acme/tags/tags/list?n=0");
		assertThat(new String(none.body())).contains("[]");
		assertThat(none.headers().firstValue("Link")).isEmpty();
	}

	@Test
	void listsReferrersFilteredAndInPages() throws Exception {
		for (int index = 0; index < 3; index++) {
			this.registry.push("acme/app",
					TestImage.referrer(this.image.manifest(), "application/sig", TestContent.random(10)));
		}
		this.registry.push("acme/app",
				TestImage.referrer(this.image.manifest(), "application/sbom", TestContent.random(10)));
		this.registry.pageSize(2);
		String referrers = "/v2/acme/app/referrers/" + this.image.digest();
		HttpResponse<byte[]> page = get(referrers + "?artifactType=application/sig");
		assertThat(header(page, "OCI-Filters-Applied")).isEqualTo("artifactType");
		assertThat(header(page, "Content-Type")).isEqualTo(TestManifest.OCI_INDEX);
		String next = header(page, "Link").replaceAll("<(.*)>.*", "$1");
		HttpResponse<byte[]> last = get(next);
		assertThat(new String(last.body()).split("application/sig", -1)).hasSize(2);
		assertThat(last.headers().firstValue("Link")).isEmpty();
		assertThat(get(referrers).headers().firstValue("OCI-Filters-Applied")).isEmpty();
		this.registry.withoutReferrers();
		assertThat(get(referrers).statusCode()).isEqualTo(404);
	}

	@Test
	void misbehavesAsOftenAsToldAndThenBehaves() throws Exception {
		this.registry.misbehave(Matching.manifests(), 2, Misbehaviour.tooManyRequests(7));
		HttpResponse<byte[]> refused = get("/v2/acme/app/manifests/1");
		assertThat(refused.statusCode()).isEqualTo(429);
		assertThat(header(refused, "Retry-After")).isEqualTo("7");
		assertThat(get("/v2/acme/app/manifests/1").statusCode()).isEqualTo(429);
		assertThat(get("/v2/acme/app/manifests/1").statusCode()).isEqualTo(200);
	}

	@Test
	void altersHeadersAndBodiesWhenTold() throws Exception {
		this.registry.misbehave(Matching.head("/manifests/"),
				Misbehaviour.without("Docker-Content-Digest", "Content-Length"));
		HttpResponse<byte[]> head = send("HEAD", "/v2/acme/app/manifests/1");
		assertThat(head.statusCode()).isEqualTo(200);
		assertThat(head.headers().map()).doesNotContainKeys("docker-content-digest", "content-length");
		this.registry.misbehave(Matching.get("/manifests/"), 1, Misbehaviour.wrongDigestHeader());
		assertThat(header(get("/v2/acme/app/manifests/1"), "Docker-Content-Digest")).isNotEqualTo(this.image.digest());
		this.registry.misbehave(Matching.get("/manifests/"), 1, Misbehaviour.flipByteAt(3));
		assertThat(get("/v2/acme/app/manifests/1").body()).isNotEqualTo(this.image.manifest().bytes());
		this.registry.misbehave(Matching.get("/manifests/"), 1, Misbehaviour.paddedTo(5_000_000));
		assertThat(get("/v2/acme/app/manifests/1").body()).hasSize(5_000_000);
		this.registry.misbehave(Matching.get("/manifests/"), 1, Misbehaviour.gzipped());
		assertThat(header(get("/v2/acme/app/manifests/1"), "Content-Encoding")).isEqualTo("gzip");
		this.registry.misbehave(Matching.get("/manifests/"), 1, Misbehaviour.extraHeaders(Map.of("Set-Cookie", "a=b")));
		assertThat(header(get("/v2/acme/app/manifests/1"), "Set-Cookie")).isEqualTo("a=b");
	}

	@Test
	void breaksBodiesWhenTold() throws Exception {
		TestContent blob = TestContent.random(1_000_000);
		this.registry.push("acme/app", blob);
		for (Misbehaviour fault : List.of(Misbehaviour.shortAt(300_000), Misbehaviour.resetAt(300_000))) {
			this.registry.misbehave(Matching.blobs(), 1, fault);
			assertThatExceptionOfType(IOException.class).isThrownBy(() -> get(path(blob)));
			assertThat(this.registry.requests().cancelledCount(Matching.any())).isZero();
		}
		assertThat(get(path(blob)).body()).isEqualTo(blob.bytes());
	}

	@Test
	void sendsUpToTheFaultBeforeItBreaks() throws Exception {
		TestContent blob = TestContent.random(1_000_000);
		this.registry.push("acme/app", blob);
		this.registry.misbehave(Matching.blobs(), 1, Misbehaviour.shortAt(300_000));
		HttpResponse<InputStream> response = this.client.send(request("GET", path(blob)), BodyHandlers.ofInputStream());
		try (InputStream body = response.body()) {
			assertThat(body.readNBytes(300_000)).isEqualTo(Arrays.copyOf(blob.bytes(), 300_000));
			assertThatExceptionOfType(IOException.class).isThrownBy(body::read);
		}
	}

	@Test
	void stallsWithinTheBodyUntilTheGateOpens() throws Exception {
		TestContent blob = TestContent.random(200_000);
		Gate gate = new Gate();
		this.registry.push("acme/app", blob).misbehave(Matching.blobs(), Misbehaviour.stallAt(100_000, gate));
		HttpResponse<InputStream> response = this.client.send(request("GET", path(blob)), BodyHandlers.ofInputStream());
		try (InputStream body = response.body()) {
			assertThat(body.readNBytes(100_000)).hasSize(100_000);
			gate.open();
			assertThat(body.readAllBytes()).hasSize(100_000);
		}
	}

	@Test
	void holdsHeadersUntilTheGateOpens() throws Exception {
		Gate gate = new Gate();
		this.registry.misbehave(Matching.manifests(), Misbehaviour.heldUntil(gate));
		CompletableFuture<HttpResponse<byte[]>> response = this.client
			.sendAsync(request("GET", "/v2/acme/app/manifests/1"), BodyHandlers.ofByteArray());
		this.registry.requests().awaitCount(Matching.manifests(), 1, LIMIT);
		assertThat(response).isNotDone();
		gate.open();
		assertThat(response.get().statusCode()).isEqualTo(200);
	}

	@Test
	void seesThatTheClientGaveUpBeforeHeaders() {
		this.registry.misbehave(Matching.manifests(), Misbehaviour.heldUntil(new Gate()));
		HttpClient leaving = HttpClient.newHttpClient();
		leaving.sendAsync(request("GET", "/v2/acme/app/manifests/1"), BodyHandlers.ofByteArray());
		this.registry.requests().awaitCount(Matching.manifests(), 1, LIMIT);
		leaving.shutdownNow();
		this.registry.awaitCancelled("/manifests/1", LIMIT);
		leaving.close();
	}

	@Test
	void seesThatTheClientGaveUpWithinTheBody() throws Exception {
		TestContent big = TestContent.generated(100L * 1024 * 1024, 1);
		this.registry.push("acme/app", big);
		HttpResponse<InputStream> response = this.client.send(request("GET", path(big)), BodyHandlers.ofInputStream());
		response.body().readNBytes(10);
		assertThat(this.registry.requests().cancelledCount(Matching.any())).isZero();
		response.body().close();
		this.registry.awaitCancelled(big.digest(), LIMIT);
	}

	@Test
	void comesBackOnTheSamePortAfterAnOutage() throws Exception {
		this.registry.down();
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> get("/v2/"));
		this.registry.up();
		assertThat(get("/v2/").statusCode()).isEqualTo(200);
	}

	@Test
	void listsTheCatalog() throws Exception {
		this.registry.push("acme/base", "1", this.image);
		assertThat(new String(get("/v2/_catalog").body())).isEqualTo("{\"repositories\":[\"acme/app\",\"acme/base\"]}");
		assertThat(header(get("/v2/_catalog?n=1"), "Link"))
			.isEqualTo("</v2/_catalog?last=acme%2Fapp&n=1>; rel=\"next\"");
	}

	@Test
	void keepsOrderAndHeadersOfRequests() throws Exception {
		get("/v2/?ns=docker.io", "X-One", "1");
		get("/v2/_catalog");
		assertThat(this.registry.requests().all()).extracting(RecordedRequest::path)
			.containsExactly("/v2/", "/v2/_catalog");
		RecordedRequest first = this.registry.requests().all().getFirst();
		assertThat(first.header("x-one")).contains("1");
		assertThat(first.parameter("ns")).contains("docker.io");
	}

	private void assertRange(TestContent blob, String range, byte[] bytes, int from, int to) throws Exception {
		HttpResponse<byte[]> response = get(path(blob), "Range", range);
		assertThat(response.statusCode()).isEqualTo(206);
		assertThat(response.body()).isEqualTo(Arrays.copyOfRange(bytes, from, to));
		assertThat(header(response, "Content-Range")).isEqualTo("bytes " + from + "-" + (to - 1) + "/" + bytes.length);
	}

	private static String path(TestContent blob) {
		return "/v2/acme/app/blobs/" + blob.digest();
	}

	private static String header(HttpResponse<?> response, String name) {
		return response.headers().firstValue(name).orElseThrow();
	}

	private HttpResponse<byte[]> get(String path, String... headers) throws Exception {
		return send("GET", path, headers);
	}

	private HttpResponse<byte[]> send(String method, String path, String... headers) throws Exception {
		return this.client.send(request(method, path, headers), BodyHandlers.ofByteArray());
	}

	private HttpRequest request(String method, String path, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.registry.url() + path))
			.method(method, HttpRequest.BodyPublishers.noBody());
		for (int index = 0; index < headers.length; index += 2) {
			request.header(headers[index], headers[index + 1]);
		}
		return request.build();
	}

}
