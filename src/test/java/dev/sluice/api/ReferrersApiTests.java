package dev.sluice.api;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.sluice.testing.Matching;
import dev.sluice.testing.Misbehaviour;
import dev.sluice.testing.OciFailure;
import dev.sluice.testing.PrivateRegistry;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static dev.sluice.testing.TestClient.header;
import static dev.sluice.testing.TestClient.text;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Referrers over HTTP: those that there are, and how a registry without any is told from
 * one that fails.
 */
@Timeout(60)
class ReferrersApiTests {

	private static final String NAME = PrivateRegistry.NAME;

	private static final TestImage IMAGE = TestImage.random();

	private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");

	private static PrivateRegistry upstream;

	@BeforeAll
	static void start(@TempDir Path directory) {
		upstream = PrivateRegistry.start(directory);
		upstream.registry().push("acme/app", "1", IMAGE);
		for (String type : List.of("application/vnd.sbom", "application/vnd.signature", "application/vnd.signature")) {
			upstream.registry().push("acme/app", TestImage.referrer(IMAGE.manifest(), type, TestContent.random(100)));
		}
	}

	@AfterAll
	static void stop() {
		upstream.close();
	}

	@AfterEach
	void behave() {
		upstream.registry().behave();
		upstream.registry().pageSize(Integer.MAX_VALUE);
	}

	@Test
	void listsReferrers() throws Exception {
		HttpResponse<byte[]> answer = get("/v2/acme/app/referrers/" + IMAGE.digest());
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(header(answer, "Content-Type")).isEqualTo(TestManifest.OCI_INDEX);
		assertThat(json(answer).path("manifests").size()).isEqualTo(3);
		assertThat(answer.headers().map()).doesNotContainKey("oci-filters-applied");
	}

	@Test
	void filtersReferrersPageByPage() throws Exception {
		upstream.registry().pageSize(1);
		String path = "/v2/" + NAME + "/acme/app/referrers/" + IMAGE.digest();
		HttpResponse<byte[]> first = get(path + "?artifactType=application/vnd.signature");
		assertThat(header(first, "OCI-Filters-Applied")).isEqualTo("artifactType");
		assertThat(next(first)).get().asString().startsWith(path + "?");
		HttpResponse<byte[]> second = get(next(first).orElseThrow());
		assertThat(json(second).path("manifests").path(0).path("artifactType").asString())
			.isEqualTo("application/vnd.signature");
		assertThat(second.body()).isNotEqualTo(first.body());
		assertThat(next(second)).isEmpty();
	}

	@Test
	void filtersReferrersBySeveralTypes() throws Exception {
		HttpResponse<byte[]> answer = get("/v2/acme/app/referrers/" + IMAGE.digest()
				+ "?artifactType=application/vnd.sbom&artifactType=application%2Fvnd.signature");
		assertThat(json(answer).path("manifests").size()).isEqualTo(3);
		assertThat(upstream.registry().requests().last().parameters("artifactType"))
			.containsExactly("application/vnd.sbom", "application/vnd.signature");
	}

	@Test
	void saysNotFoundWhenTheUpstreamKnowsNoReferrers() throws Exception {
		upstream.registry()
			.misbehave(Matching.path("/referrers/"), Misbehaviour.answer(404, "text/plain", "404 page not found"));
		HttpResponse<byte[]> answer = get("/v2/acme/app/referrers/" + IMAGE.digest());
		assertThat(answer.statusCode()).isEqualTo(404);
		assertThat(json(answer).path("errors").size()).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 402, 404, 405, 406, 410, 501 })
	void hasNoReferrersWhateverStatusTheUpstreamSaysSoBy(int status) throws Exception {
		for (Misbehaviour form : List.of(Misbehaviour.status(status), Misbehaviour.bareStatus(status),
				Misbehaviour.answer(status, "text/html", "<html>no such page</html>"))) {
			upstream.registry().behave();
			upstream.registry().misbehave(Matching.path("/referrers/"), form);
			assertHasNoReferrers();
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "text/html | <html>Welcome</html>", "text/plain | 404 page not found",
					"application/json | {\"errors\":[]}", "application/json | [{\"manifests\":[]}]",
					"application/json | {\"manifests\":\"none\"}", "application/json | {\"manifests\":[]",
					TestManifest.OCI_INDEX + " | 404 page not found", TestManifest.OCI_INDEX + " | {}",
					TestManifest.OCI_MANIFEST + " | {\"layers\":[]}", TestManifest.OCI_INDEX + " | ``" })
	void hasNoReferrersWhenTheAnswerIsNoImageIndex(String type, String body) throws Exception {
		upstream.registry().misbehave(Matching.path("/referrers/"), Misbehaviour.answer(200, type, body));
		assertHasNoReferrers();
	}

	private static void assertHasNoReferrers() throws Exception {
		OciFailure failure = OciFailure.of(get("/v2/acme/app/referrers/" + IMAGE.digest()));
		assertThat(failure.status()).as(failure.message()).isEqualTo(404);
		assertThat(failure.message()).contains(NAME);
		HttpResponse<byte[]> head = upstream.client().head("/v2/acme/app/referrers/" + IMAGE.digest());
		assertThat(head.statusCode()).isEqualTo(404);
	}

	@ParameterizedTest
	@CsvSource({ "401, 403", "403, 403", "429, 429", "500, 502", "502, 502", "503, 502" })
	void keepsAnyOtherFailureOfReferrersAsItIs(int status, int expected) throws Exception {
		upstream.registry().misbehave(Matching.path("/referrers/"), Misbehaviour.status(status));
		assertThat(get("/v2/acme/app/referrers/" + IMAGE.digest()).statusCode()).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"schemaVersion\":2,\"manifests\":[]}",
			"{\"mediaType\":\"" + TestManifest.OCI_INDEX + "\",\"manifests\":null}" })
	void takesAnEmptyListOfReferrersForWhatItIs(String body) throws Exception {
		for (String type : List.of(TestManifest.OCI_INDEX, "application/json", "text/plain; charset=utf-8")) {
			upstream.registry().behave();
			upstream.registry().misbehave(Matching.path("/referrers/"), Misbehaviour.answer(200, type, body));
			HttpResponse<byte[]> answer = get("/v2/acme/app/referrers/" + IMAGE.digest());
			assertThat(answer.statusCode()).isEqualTo(200);
			assertThat(text(answer)).isEqualTo(body);
			assertThat(header(answer, "Content-Type")).isEqualTo(TestManifest.OCI_INDEX);
		}
	}

	@Test
	void listsReferrersThoughTheyAreMany() throws Exception {
		String entry = "{\"digest\":\"" + IMAGE.digest() + "\"},";
		String body = "{\"manifests\":[" + entry.repeat(2000) + "{}]}";
		upstream.registry().misbehave(Matching.path("/referrers/"), Misbehaviour.answer(200, "application/json", body));
		assertThat(text(get("/v2/acme/app/referrers/" + IMAGE.digest()))).isEqualTo(body);
		assertThat(upstream.client().head("/v2/acme/app/referrers/" + IMAGE.digest()).statusCode()).isEqualTo(200);
	}

	private static Optional<String> next(HttpResponse<byte[]> answer) {
		return answer.headers().firstValue("Link").map((link) -> {
			Matcher matcher = NEXT.matcher(link);
			assertThat(matcher.matches()).as(link).isTrue();
			return matcher.group(1);
		});
	}

	private static JsonNode json(HttpResponse<byte[]> answer) {
		return JsonMapper.shared().readTree(answer.body());
	}

	private static HttpResponse<byte[]> get(String path) throws Exception {
		return upstream.client().get(path);
	}

}
