package dev.sluice.api;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import dev.sluice.testing.Matching;
import dev.sluice.testing.Misbehaviour;
import dev.sluice.testing.OciFailure;
import dev.sluice.testing.PrivateRegistry;
import dev.sluice.testing.RecordedRequest;
import dev.sluice.testing.TestContent;
import dev.sluice.testing.TestImage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.sluice.testing.TestClient.header;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Contents that a client has already: their tag is their digest, whatever an upstream's
 * is.
 */
@Timeout(60)
class ConditionalRequestTests {

	private static final TestImage IMAGE = TestImage.random();

	private static final TestContent BLOB = IMAGE.layer(2);

	private static PrivateRegistry upstream;

	@BeforeAll
	static void start(@TempDir Path directory) {
		upstream = PrivateRegistry.start(directory);
		upstream.registry().push("acme/app", "1", IMAGE);
	}

	@AfterAll
	static void stop() {
		upstream.close();
	}

	@AfterEach
	void behave() {
		upstream.registry().behave();
		upstream.registry().requests().clear();
	}

	static List<List<String>> contents() {
		return List.of(List.of("/v2/acme/app/manifests/1", IMAGE.digest()),
				List.of("/v2/acme/app/manifests/" + IMAGE.digest(), IMAGE.digest()),
				List.of("/v2/acme/app/blobs/" + BLOB.digest(), BLOB.digest()),
				List.of("/v2/acme/app/manifests/" + IMAGE.manifest().content().sha512(),
						IMAGE.manifest().content().sha512()),
				List.of("/v2/acme/app/blobs/" + BLOB.sha512(), BLOB.sha512()));
	}

	@ParameterizedTest
	@MethodSource("contents")
	void areTaggedByTheirDigestWhateverTheUpstreamSays(List<String> content) throws Exception {
		upstream.registry().misbehave(Matching.any(), Misbehaviour.header("ETag", "W/\"of-the-upstream\""));
		for (String method : List.of("GET", "HEAD")) {
			HttpResponse<byte[]> answer = upstream.client().send(method, content.get(0));
			assertThat(answer.statusCode()).isEqualTo(200);
			assertThat(answer.headers().allValues("ETag")).containsExactly(quoted(content.get(1)));
			assertThat(answer.headers().firstValue("Date")).isPresent();
		}
	}

	@ParameterizedTest
	@MethodSource("contents")
	void areNotSentAgain(List<String> content) throws Exception {
		String tag = quoted(content.get(1));
		for (String wanted : List.of(tag, "W/" + tag, "\"other\", " + tag, "\"a,b\",W/\"c\" , W/" + tag + ", \"d\"",
				"*", content.get(1))) {
			for (String method : List.of("GET", "HEAD")) {
				upstream.registry().requests().clear();
				HttpResponse<byte[]> answer = upstream.client().send(method, content.get(0), "If-None-Match", wanted);
				assertThat(answer.statusCode()).as(wanted).isEqualTo(304);
				assertThat(answer.body()).isEmpty();
				assertThat(header(answer, "ETag")).isEqualTo(tag);
				assertThat(header(answer, "Docker-Content-Digest")).isEqualTo(content.get(1));
				assertThat(answer.headers().firstValue("Date")).isPresent();
				assertThat(answer.headers().map()).doesNotContainKeys("content-type", "content-length", "content-range",
						"transfer-encoding");
				assertThat(upstream.registry().requests().matching(Matching.path("/acme/")))
					.allMatch(RecordedRequest::isHead);
			}
		}
	}

	@ParameterizedTest
	@MethodSource("contents")
	void areSentToWhoeverHasAnother(List<String> content) throws Exception {
		for (String wanted : List.of("\"other\"", quoted(TestContent.of("other").digest()), "", "\"", ",", "W/",
				"\"" + content.get(1), quoted(content.get(1) + "0"))) {
			HttpResponse<byte[]> get = upstream.client().get(content.get(0), "If-None-Match", wanted);
			assertThat(get.statusCode()).as(wanted).isEqualTo(200);
			assertThat(get.body()).isNotEmpty();
			assertThat(upstream.client().head(content.get(0), "If-None-Match", wanted).statusCode()).isEqualTo(200);
		}
	}

	@Test
	void looksAtEachLineOfTheHeader() throws Exception {
		assertThat(upstream.client()
			.get("/v2/acme/app/manifests/1", "If-None-Match", "\"a\"", "If-None-Match", quoted(IMAGE.digest()))
			.statusCode()).isEqualTo(304);
	}

	@Test
	void areNotSentAgainThoughOnlyAPartIsWanted() throws Exception {
		assertThat(upstream.client()
			.get("/v2/acme/app/blobs/" + BLOB.digest(), "If-None-Match", quoted(BLOB.digest()), "Range", "bytes=0-1")
			.statusCode()).isEqualTo(304);
	}

	@Test
	void areNotSentAgainThoughTheUpstreamRefusesHead() throws Exception {
		upstream.registry().misbehave(Matching.head("/acme/"), Misbehaviour.bareStatus(405));
		for (List<String> content : contents()) {
			HttpResponse<byte[]> answer = upstream.client()
				.get(content.get(0), "If-None-Match", quoted(content.get(1)));
			assertThat(answer.statusCode()).isEqualTo(304);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 500, 503 })
	void areAskedForTwiceAtMostWhereTheUpstreamFails(int status) throws Exception {
		upstream.registry().misbehave(Matching.path("/acme/"), Misbehaviour.bareStatus(status));
		for (List<String> content : contents()) {
			upstream.registry().requests().clear();
			assertThat(upstream.client().get(content.get(0), "If-None-Match", quoted(content.get(1))).statusCode())
				.isEqualTo(502);
			assertThat(upstream.registry().requests().matching(Matching.path("/acme/"))).hasSize(2);
		}
	}

	@ParameterizedTest
	@MethodSource("contents")
	void areSentIfTheyAreTheOnesWanted(List<String> content) throws Exception {
		for (String wanted : List.of(quoted(content.get(1)), "*", "\"other\",\t" + quoted(content.get(1)),
				"W/\"a\" , " + quoted(content.get(1)) + ",", content.get(1))) {
			for (String method : List.of("GET", "HEAD")) {
				HttpResponse<byte[]> answer = upstream.client().send(method, content.get(0), "If-Match", wanted);
				assertThat(answer.statusCode()).as(wanted).isEqualTo(200);
				assertThat(header(answer, "ETag")).isEqualTo(quoted(content.get(1)));
			}
		}
	}

	@ParameterizedTest
	@MethodSource("contents")
	void areNotSentInPlaceOfOthers(List<String> content) throws Exception {
		String tag = quoted(content.get(1));
		for (String wanted : List.of("\"other\"", "W/" + tag, quoted(TestContent.of("other").digest()), "", ",",
				"\"*\"", "\"a, " + tag.substring(1), "W/*")) {
			upstream.registry().requests().clear();
			HttpResponse<byte[]> answer = upstream.client().get(content.get(0), "If-Match", wanted);
			OciFailure.of(answer).is(412, "UNSUPPORTED").saying("If-Match");
			assertThat(upstream.client().head(content.get(0), "If-Match", wanted).statusCode()).isEqualTo(412);
			assertThat(upstream.registry().requests().matching(Matching.path("/acme/")))
				.allMatch(RecordedRequest::isHead);
		}
	}

	@ParameterizedTest
	@MethodSource("contents")
	void areNotSentInPlaceOfOthersThoughTheUpstreamRefusesHead(List<String> content) throws Exception {
		upstream.registry().misbehave(Matching.head("/acme/"), Misbehaviour.bareStatus(405));
		assertThat(upstream.client().get(content.get(0), "If-Match", "\"other\"").statusCode()).isEqualTo(412);
		upstream.registry().misbehave(Matching.head("/acme/"), Misbehaviour.bareStatus(404));
		assertThat(upstream.client().get(content.get(0), "If-Match", "\"other\"").statusCode()).isEqualTo(412);
	}

	/** RFC 9110, 13.2.2. */
	@Test
	void areWantedBeforeAnythingElseIsAskedOfThem() throws Exception {
		String path = "/v2/acme/app/blobs/" + BLOB.digest();
		String tag = quoted(BLOB.digest());
		assertThat(upstream.client().get(path, "If-Match", "\"a\"", "If-None-Match", tag).statusCode()).isEqualTo(412);
		assertThat(upstream.client().get(path, "If-Match", tag, "If-None-Match", tag).statusCode()).isEqualTo(304);
		assertThat(upstream.client().get(path, "If-Match", tag, "If-None-Match", "\"a\"").statusCode()).isEqualTo(200);
		assertThat(upstream.client().get(path, "If-Match", tag, "Range", "bytes=0-1").statusCode()).isEqualTo(206);
		for (String range : List.of("bytes=0-1", "bytes=-0", "bytes=9999999-")) {
			assertThat(upstream.client().get(path, "If-Match", "\"a\"", "Range", range).statusCode()).isEqualTo(412);
			assertThat(upstream.client().get(path, "If-Match", "\"a\"", "Range", range, "If-Range", tag).statusCode())
				.isEqualTo(412);
		}
		assertThat(upstream.client().get(path, "If-Match", tag, "Range", "bytes=9999999-").statusCode()).isEqualTo(416);
	}

	@Test
	void areMissedWhateverIsWantedOfThem() throws Exception {
		for (String path : List.of("/v2/acme/app/manifests/none", "/v2/acme/other/blobs/" + BLOB.digest(),
				"/v2/acme/app/manifests/" + TestContent.of("other").digest())) {
			for (String wanted : List.of("*", "\"a\"", quoted(BLOB.digest()))) {
				assertThat(upstream.client().get(path, "If-Match", wanted).statusCode()).isEqualTo(404);
				assertThat(upstream.client().head(path, "If-Match", wanted).statusCode()).isEqualTo(404);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 404, 410, 429, 500, 503 })
	void areSentWhereOnlyTheHeadFails(int status) throws Exception {
		upstream.registry().misbehave(Matching.head("/acme/"), Misbehaviour.bareStatus(status));
		assertAreHad();
	}

	@Test
	void areSentWhereOnlyTheHeadBreaksOff() throws Exception {
		upstream.registry().misbehave(Matching.head("/acme/"), Misbehaviour.hangUp());
		assertAreHad();
	}

	private static void assertAreHad() throws Exception {
		for (List<String> content : contents()) {
			for (String has : List.of("*", quoted(content.get(1)))) {
				HttpResponse<byte[]> answer = upstream.client().get(content.get(0), "If-None-Match", has);
				assertThat(answer.statusCode()).as(content.get(0)).isIn(200, 304);
			}
		}
	}

	@Test
	void areAskedForAtTheUpstreamEvenSo() throws Exception {
		for (String path : List.of("/v2/acme/app/manifests/none", "/v2/acme/other/blobs/" + BLOB.digest())) {
			assertThat(upstream.client().get(path, "If-None-Match", "*").statusCode()).isEqualTo(404);
			assertThat(upstream.client().get(path, "If-None-Match", quoted(BLOB.digest())).statusCode()).isEqualTo(404);
		}
	}

	@Test
	void areContinuedOnlyIfTheyAreTheSame() throws Exception {
		String path = "/v2/acme/app/blobs/" + BLOB.digest();
		assertThat(statusOfPart(path, quoted(BLOB.digest()))).isEqualTo(206);
		for (String other : List.of("W/" + quoted(BLOB.digest()), quoted(IMAGE.digest()), "\"of-the-upstream\"",
				"Thu, 05 Nov 2026 10:00:00 GMT", "nonsense", quoted(BLOB.digest()) + ", \"b\"")) {
			assertThat(statusOfPart(path, other)).as(other).isEqualTo(200);
		}
	}

	private static int statusOfPart(String path, String ifRange) throws Exception {
		return upstream.client().get(path, "Range", "bytes=0-1", "If-Range", ifRange).statusCode();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/v2/acme/app/manifests/1", "/v2/acme/app/tags/list" })
	void carryEachWarningOfTheUpstream(String path) throws Exception {
		upstream.registry()
			.misbehave(Matching.any(), Misbehaviour.header("Warning", "299 - \"moves to images.corp.test\""));
		upstream.registry()
			.misbehave(Matching.any(), Misbehaviour.extraHeaders(Map.of("Warning", "299 - \"ends in 2027\"")));
		assertThat(upstream.client().get(path).headers().allValues("Warning"))
			.containsExactly("299 - \"moves to images.corp.test\"", "299 - \"ends in 2027\"");
		upstream.registry()
			.misbehave(Matching.any(), Misbehaviour.header("Warning", "299 - \"" + "x".repeat(5000) + "\""));
		assertThat(upstream.client().get(path).headers().map()).doesNotContainKey("warning");
	}

	private static String quoted(String digest) {
		return '"' + digest + '"';
	}

}
