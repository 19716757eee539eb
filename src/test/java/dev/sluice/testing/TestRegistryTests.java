package dev.sluice.testing;

import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static dev.sluice.testing.TestClient.header;
import static dev.sluice.testing.TestClient.text;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Proves that {@link TestRegistry} answers as a registry does, refusals included.
 */
@Timeout(60)
class TestRegistryTests {

	private final TestImage image = TestImage.random();

	private TestRegistry registry;

	private TestClient client;

	@BeforeEach
	void start() {
		this.registry = TestRegistry.open().push("acme/app", "1", this.image);
		this.client = TestClient.of(this.registry.url());
	}

	@AfterEach
	void stop() {
		this.client.close();
		this.registry.close();
	}

	@Test
	void servesManifestByTagWithAllHeaders() throws Exception {
		HttpResponse<byte[]> response = this.client.get("/v2/acme/app/manifests/1", "Accept",
				TestManifest.OCI_MANIFEST);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).isEqualTo(this.image.manifest().bytes());
		assertThat(header(response, "Content-Type")).isEqualTo(TestManifest.OCI_MANIFEST);
		assertThat(header(response, "Docker-Content-Digest")).isEqualTo(this.image.digest());
		assertThat(header(response, "ETag")).isEqualTo("\"" + this.image.digest() + "\"");
		assertThat(header(response, "Docker-Distribution-Api-Version")).isEqualTo("registry/2.0");
	}

	@Test
	void answersHeadWithLengthAndNoBody() throws Exception {
		HttpResponse<byte[]> response = this.client.head("/v2/acme/app/manifests/1");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).isEmpty();
		assertThat(header(response, "Content-Length"))
			.isEqualTo(Integer.toString(this.image.manifest().bytes().length));
		assertThat(this.client.get("/v2/").statusCode()).isEqualTo(200);
	}

	@Test
	void servesByEitherDigestAlgorithm() throws Exception {
		String sha512 = this.image.manifest().content().sha512();
		HttpResponse<byte[]> manifest = this.client.get("/v2/acme/app/manifests/" + sha512);
		assertThat(manifest.body()).isEqualTo(this.image.manifest().bytes());
		assertThat(header(manifest, "Docker-Content-Digest")).isEqualTo(sha512);
		assertThat(this.client.get("/v2/acme/app/blobs/" + this.image.layer(0).sha512()).body())
			.isEqualTo(this.image.layer(0).bytes());
	}

	@Test
	void hidesManifestWhenAcceptDoesNotListItsType() throws Exception {
		HttpResponse<byte[]> response = this.client.get("/v2/acme/app/manifests/" + this.image.digest(), "Accept",
				TestManifest.OCI_INDEX + ", " + TestManifest.DOCKER_MANIFEST);
		assertThat(response.statusCode()).isEqualTo(404);
		assertThat(text(response)).contains("MANIFEST_UNKNOWN");
		assertThat(this.client.get("/v2/acme/app/manifests/1", "Accept", "text/plain", "Accept", "*/*").statusCode())
			.isEqualTo(200);
	}

	@Test
	void answersNotModifiedWhenTheClientHasIt() throws Exception {
		HttpResponse<byte[]> response = this.client.get("/v2/acme/app/manifests/1", "If-None-Match",
				"\"" + this.image.digest() + "\"");
		assertThat(response.statusCode()).isEqualTo(304);
	}

	@Test
	void refusesWhatIsNotWellFormedOrUnknown() throws Exception {
		assertThat(this.client.get("/v2/ACME/app/manifests/1").statusCode()).isEqualTo(400);
		assertThat(this.client.get("/v2/acme/app/blobs/sha256:12").statusCode()).isEqualTo(400);
		assertThat(this.client.get("/v2/acme/other/manifests/1").statusCode()).isEqualTo(404);
		assertThat(this.client.get("/v2/acme/app/manifests/2").statusCode()).isEqualTo(404);
		assertThat(this.client.get("/v2/acme/app/blobs/" + TestContent.of("nobody pushed me").digest()).statusCode())
			.isEqualTo(404);
		assertThat(this.client.send("PUT", "/v2/acme/app/manifests/1").statusCode()).isEqualTo(405);
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
		assertThat(this.client.get(path(blob), "Range", "bytes=0-1,5-6").statusCode()).isEqualTo(200);
		HttpResponse<byte[]> outside = this.client.get(path(blob), "Range", "bytes=3000000-");
		assertThat(outside.statusCode()).isEqualTo(416);
		assertThat(header(outside, "Content-Range")).isEqualTo("bytes */3000000");
	}

	@Test
	void listsTagsInPagesWithRelativeLinks() throws Exception {
		for (String tag : List.of("c", "a", "b")) {
			this.registry.push("acme/tags", tag, this.image);
		}
		HttpResponse<byte[]> page = this.client.get("/v2/acme/tags/tags/list?n=2");
		assertThat(text(page)).isEqualTo("{\"name\":\"acme/tags\",\"tags\":[\"a\",\"b\"]}");
		assertThat(header(page, "Link")).isEqualTo("</v2/acme/tags/tags/list?last=b&n=2>; rel=\"next\"");
		HttpResponse<byte[]> last = this.client.get("/v2/acme/tags/tags/list?last=b&n=2");
		assertThat(text(last)).contains("[\"c\"]");
		assertThat(last.headers().firstValue("Link")).isEmpty();
		HttpResponse<byte[]> none = this.client.get("/v2/acme/tags/tags/list?n=0");
		assertThat(text(none)).contains("[]");
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
		HttpResponse<byte[]> page = this.client.get(referrers + "?artifactType=application/sig");
		assertThat(header(page, "OCI-Filters-Applied")).isEqualTo("artifactType");
		assertThat(header(page, "Content-Type")).isEqualTo(TestManifest.OCI_INDEX);
		String next = header(page, "Link").replaceAll("<(.*)>.*", "$1");
		HttpResponse<byte[]> last = this.client.get(next);
		assertThat(text(last).split("application/sig", -1)).hasSize(2);
		assertThat(last.headers().firstValue("Link")).isEmpty();
		assertThat(this.client.get(referrers).headers().firstValue("OCI-Filters-Applied")).isEmpty();
		this.registry.withoutReferrers();
		assertThat(this.client.get(referrers).statusCode()).isEqualTo(404);
	}

	@Test
	void listsTheCatalog() throws Exception {
		this.registry.push("acme/base", "1", this.image);
		assertThat(text(this.client.get("/v2/_catalog"))).isEqualTo("{\"repositories\":[\"acme/app\",\"acme/base\"]}");
		assertThat(header(this.client.get("/v2/_catalog?n=1"), "Link"))
			.isEqualTo("</v2/_catalog?last=acme%2Fapp&n=1>; rel=\"next\"");
	}

	@Test
	void keepsOrderAndHeadersOfRequests() throws Exception {
		this.client.get("/v2/?ns=docker.io", "X-One", "1");
		this.client.get("/v2/_catalog");
		assertThat(this.registry.requests().all()).extracting(RecordedRequest::path)
			.containsExactly("/v2/", "/v2/_catalog");
		RecordedRequest first = this.registry.requests().all().getFirst();
		assertThat(first.header("x-one")).contains("1");
		assertThat(first.parameter("ns")).contains("docker.io");
	}

	@Test
	void wantsThePasswordWhenBasic() throws Exception {
		try (TestRegistry basic = TestRegistry.basic("robot", "secret");
				TestClient caller = TestClient.of(basic.url())) {
			HttpResponse<byte[]> refused = caller.get("/v2/");
			assertThat(refused.statusCode()).isEqualTo(401);
			assertThat(header(refused, "WWW-Authenticate")).isEqualTo("Basic realm=\"Test Registry\"");
			assertThat(caller.get("/v2/", "Authorization", TestClient.basic("robot", "secre")).statusCode())
				.isEqualTo(401);
			assertThat(caller.get("/v2/", "Authorization", TestClient.basic("robot", "secret")).statusCode())
				.isEqualTo(200);
		}
	}

	@Test
	void servesIndexAndWhatItNames() throws Exception {
		TestImage index = TestImage.multiArch();
		this.registry.push("acme/app", "multi", index);
		assertThat(header(this.client.get("/v2/acme/app/manifests/multi"), "Content-Type"))
			.isEqualTo(TestManifest.OCI_INDEX);
		for (TestManifest manifest : index.manifests()) {
			assertThat(this.client.get("/v2/acme/app/manifests/" + manifest.digest()).body())
				.isEqualTo(manifest.bytes());
		}
		assertThat(index.manifests()).hasSize(3);
	}

	private void assertRange(TestContent blob, String range, byte[] bytes, int from, int to) throws Exception {
		HttpResponse<byte[]> response = this.client.get(path(blob), "Range", range);
		assertThat(response.statusCode()).isEqualTo(206);
		assertThat(response.body()).isEqualTo(Arrays.copyOfRange(bytes, from, to));
		assertThat(header(response, "Content-Range")).isEqualTo("bytes " + from + "-" + (to - 1) + "/" + bytes.length);
	}

	private static String path(TestContent blob) {
		return "/v2/acme/app/blobs/" + blob.digest();
	}

}
