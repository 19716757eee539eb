package dev.sluice.api;

import java.net.http.HttpResponse;
import java.util.List;

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
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.sluice.testing.TestClient.header;
import static dev.sluice.testing.TestClient.text;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever a registry says that its content is, no browser runs it as Sluice's own; and a
 * pull never fails by it.
 */
@Timeout(60)
class ActiveContentTests {

	private static final String OCI = TestManifest.OCI_MANIFEST;

	private static final String INDEX = TestManifest.OCI_INDEX;

	private static final String DOCKER = TestManifest.DOCKER_MANIFEST;

	private static final String LIST = TestManifest.DOCKER_LIST;

	private static final String SCHEMA1 = "application/vnd.docker.distribution.manifest.v1+json";

	private static final String SIGNED = "application/vnd.docker.distribution.manifest.v1+prettyjws";

	private static TestRegistry registry;

	private static RunningSluice sluice;

	private static TestClient client;

	@BeforeAll
	static void start() {
		registry = TestRegistry.open().push("acme/app", "1", TestImage.random());
		sluice = RunningSluice.start("sluice.upstreams[0].name=registry.test",
				"sluice.upstreams[0].endpoints=" + registry.url(), "sluice.upstreams[0].catalog=true");
		client = TestClient.of(sluice.uri("").toString());
	}

	@AfterAll
	static void stop() {
		client.close();
		sluice.close();
		registry.close();
	}

	@AfterEach
	void behave() {
		registry.behave();
	}

	@ParameterizedTest
	@ValueSource(strings = { OCI, INDEX, DOCKER, LIST, SCHEMA1, "application/vnd.oci.artifact.manifest.v1+json",
			"application/vnd.cncf.oras.artifact.manifest.v1+json", "application/vnd.cncf.helm.config.v1+json",
			"application/vnd.dev.cosign.artifact.sbom.v1+json", "application/vnd.acme.rocket.v2",
			"application/vnd.in-toto+json" })
	void handsOnWhateverTypeARegistryHasForItsManifests(String type) throws Exception {
		assertThat(typeOf(type, "{\"schemaVersion\":2}")).isEqualTo(type);
		assertThat(typeOf(type + "; charset=utf-8", "no JSON at all")).isEqualTo(type);
		assertThat(typeOf("text/xml", "{\"mediaType\":\"" + type + "\"}")).isEqualTo(type);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "{\"manifests\":[]} | " + INDEX, "{\"manifests\":[{\"mediaType\":\"" + OCI + "\"}]} | " + INDEX,
					"{\"manifests\":[{\"mediaType\":\"" + DOCKER + "\"}]} | " + LIST, "{\"layers\":[]} | " + OCI,
					"{\"config\":{\"mediaType\":\"application/vnd.oci.image.config.v1+json\"},\"layers\":[]} | " + OCI,
					"{\"config\":{\"mediaType\":\"application/vnd.docker.container.image.v1+json\"},\"layers\":[]} | "
							+ DOCKER,
					"{\"layers\":[{\"mediaType\":\"application/vnd.docker.image.rootfs.diff.tar.gzip\"}]} | " + DOCKER,
					"{\"schemaVersion\":1,\"fsLayers\":[]} | " + SCHEMA1,
					"{\"schemaVersion\":1,\"history\":[],\"signatures\":[]} | " + SIGNED,
					"{\"mediaType\":\"text/html\",\"manifests\":[]} | " + INDEX,
					"{\"mediaType\":\"application/vnd.evil+xml\",\"layers\":[]} | " + OCI, "{} | " + OCI,
					"<script>alert(1)</script> | " + OCI, "[{},{}] | " + OCI })
	void takesTheTypeFromAManifestsShapeWhereNothingNamesIt(String body, String expected) throws Exception {
		for (String type : new String[] { "text/plain", "application/octet-stream", "image/svg+xml",
				"application/xhtml+xml", "application/vnd.mozilla.xul+xml", "application/javascript",
				"application/vnd.acme+json, text/html", "application/vnd.a b", "nonsense",
				"application/vnd." + "x".repeat(300) }) {
			assertThat(typeOf(type, body)).as(type).isEqualTo(expected);
		}
	}

	@Test
	void keepsPlainJsonWhereAManifestShowsNothingMore() throws Exception {
		assertThat(typeOf("application/json", "{}")).isEqualTo("application/json");
		assertThat(typeOf("Application/JSON; charset=utf-8", "{\"layers\":[]}")).isEqualTo(OCI);
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/html", "text/plain", "application/json", "application/octet-stream",
			"application/vnd.evil+xml" })
	void headAndGetAgreeWhateverTypeAnUpstreamsHeadHas(String type) throws Exception {
		registry.misbehave(Matching.head("/manifests/"), Misbehaviour.header("Content-Type", type));
		HttpResponse<byte[]> head = client.head("/v2/registry.test/acme/app/manifests/1");
		HttpResponse<byte[]> get = client.get("/v2/registry.test/acme/app/manifests/1");
		assertThat(header(head, "Content-Type")).isEqualTo(header(get, "Content-Type")).isEqualTo(OCI);
		assertThat(header(head, "Content-Length")).isEqualTo(Integer.toString(get.body().length));
		assertThat(header(head, "Docker-Content-Digest")).isEqualTo(header(get, "Docker-Content-Digest"));
	}

	@Test
	void asksAgainByGetWhatHeadGivesNoLengthFor() throws Exception {
		registry.misbehave(Matching.head("/manifests/"), Misbehaviour.header("Content-Length", "0"));
		HttpResponse<byte[]> head = client.head("/v2/registry.test/acme/app/manifests/1");
		assertThat(header(head, "Content-Length"))
			.isEqualTo(header(client.get("/v2/registry.test/acme/app/manifests/1"), "Content-Length"))
			.isNotEqualTo("0");
	}

	@Test
	void servesAManifestThatIsStoredAsAPageAndNeverAPage() throws Exception {
		assertThat(typeOf("text/html; charset=utf-8", "{\"mediaType\":\"text/html\",\"layers\":[]}")).isEqualTo(OCI);
		registry.behave();
		registry.misbehave(Matching.manifests(), Misbehaviour.htmlPage());
		OciFailure.of(client.get("/v2/registry.test/acme/app/manifests/1"))
			.is(502, "UNAVAILABLE")
			.saying("registry.test", "HTML page");
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/html", "Text/HTML; charset=utf-8", "image/svg+xml" })
	void blobThatIsAPageIsHandedOnAsBytes(String type) throws Exception {
		TestContent page = TestContent.of("<!DOCTYPE html><html><body>a report</body></html>");
		registry.push("acme/report", "1", TestImage.of(page));
		registry.misbehave(Matching.blobs(), Misbehaviour.header("Content-Type", type));
		String path = "/v2/registry.test/acme/report/blobs/" + page.digest();
		HttpResponse<byte[]> get = client.get(path);
		assertThat(get.body()).isEqualTo(page.bytes());
		for (HttpResponse<byte[]> each : List.of(get, client.head(path))) {
			assertThat(each.statusCode()).isEqualTo(200);
			assertThat(header(each, "Content-Type")).isEqualTo("application/octet-stream");
		}
	}

	@Test
	void listsAreJsonWhateverTheRegistryCallsThem() throws Exception {
		for (String path : new String[] { "/acme/app/tags/list", "/_catalog" }) {
			registry.misbehave(Matching.any(), Misbehaviour.header("Content-Type", "image/svg+xml"));
			HttpResponse<byte[]> answer = client.get("/v2/registry.test" + path);
			assertThat(answer.statusCode()).isEqualTo(200);
			assertThat(header(answer, "Content-Type")).isEqualTo("application/json");
		}
	}

	@Test
	void blobsAreBytesWhateverTheRegistryCallsThem() throws Exception {
		TestImage image = TestImage.random();
		registry.push("acme/blobs", "1", image);
		registry.misbehave(Matching.blobs(), Misbehaviour.header("Content-Type", "text/javascript"));
		HttpResponse<byte[]> answer = client.get("/v2/registry.test/acme/blobs/blobs/" + image.layer(0).digest());
		assertThat(header(answer, "Content-Type")).isEqualTo("application/octet-stream");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Content-Disposition: attachment; filename=\"a.hta\"", "Refresh: 0; url=http://evil.test/",
			"Content-Security-Policy: script-src *", "Access-Control-Allow-Origin: *", "Service-Worker-Allowed: /",
			"SourceMap: /x.map", "Content-Location: /v2/", "Alt-Svc: h2=\"evil.test:443\"", "Set-Cookie: a=b",
			"Clear-Site-Data: \"*\"", "Strict-Transport-Security: max-age=1", "X-Content-Type-Options: sniff" })
	void handsOnNoHeaderThatABrowserWouldActOn(String line) throws Exception {
		String name = line.substring(0, line.indexOf(':'));
		String value = line.substring(name.length() + 2);
		TestImage image = TestImage.random();
		registry.push("acme/app", "2", image);
		registry.misbehave(Matching.any(), Misbehaviour.header(name, value));
		for (String path : new String[] { "manifests/2", "blobs/" + image.layer(0).digest(), "tags/list",
				"referrers/" + image.digest() }) {
			HttpResponse<byte[]> answer = client.get("/v2/registry.test/acme/app/" + path);
			assertThat(answer.statusCode()).isEqualTo(200);
			assertThat(answer.headers().allValues(name)).doesNotContain(value);
		}
	}

	/** The type of a manifest with these bytes, the same by tag and by digest. */
	private static String typeOf(String type, String body) throws Exception {
		String digest = TestContent.of(body).digest();
		registry.behave();
		registry.misbehave(Matching.get("/manifests/"), Misbehaviour.answer(200, type, body));
		HttpResponse<byte[]> byTag = client.get("/v2/registry.test/acme/app/manifests/any");
		assertThat(byTag.statusCode()).as(text(byTag)).isEqualTo(200);
		assertThat(text(byTag)).isEqualTo(body);
		HttpResponse<byte[]> byDigest = client.get("/v2/registry.test/acme/app/manifests/" + digest);
		assertThat(header(byDigest, "Content-Type")).isEqualTo(header(byTag, "Content-Type"));
		assertThat(header(byTag, "Docker-Content-Digest")).isEqualTo(digest);
		return header(byTag, "Content-Type");
	}

}
