package dev.sluice.api;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import dev.sluice.testing.Answer;
import dev.sluice.testing.Listener;
import dev.sluice.testing.LoopbackNames;
import dev.sluice.testing.Matching;
import dev.sluice.testing.Misbehaviour;
import dev.sluice.testing.OciFailure;
import dev.sluice.testing.RecordedRequest;
import dev.sluice.testing.RunningSluice;
import dev.sluice.testing.TestClient;
import dev.sluice.testing.TestContent;
import dev.sluice.testing.TestRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Redirects as registries write them: URLs that {@link java.net.URI} doesn't take, and
 * every client does.
 */
@Timeout(60)
class OddLocationTests {

	private static final TestContent BLOB = TestContent.generated(1000, 3);

	private static final String BLOB_PATH = "/acme/app/blobs/" + BLOB.digest();

	/** Issues a token at {@code /auth…}, and wants it for all else. */
	private static final TestRegistry REGISTRY = TestRegistry
		.behind((request, content) -> request.path().startsWith("/auth") ? Answer.json(200, Map.of("token", "tok"))
				: request.has("Authorization") ? content.apply(request)
						: Answer.error(401, "UNAUTHORIZED", "who?").with("WWW-Authenticate", "Bearer realm=\"/auth\""),
				Listener.loopback())
		.push("acme/app", BLOB);

	/** Has the blob, wherever it is looked for. */
	private static final TestRegistry STORE = TestRegistry
		.behind((request, content) -> Answer.of(200, "application/octet-stream", BLOB.source()), Listener.loopback());

	private static RunningSluice sluice;

	private static TestClient client;

	@BeforeAll
	static void start() {
		sluice = RunningSluice.over(LoopbackNames.network(), "sluice.upstreams[0].name=follows.test",
				"sluice.upstreams[0].endpoints=" + REGISTRY.url(), "sluice.upstreams[1].name=passes.test",
				"sluice.upstreams[1].endpoints=" + REGISTRY.url(), "sluice.upstreams[1].redirects=pass",
				"sluice.upstreams[2].name=letters.test",
				"sluice.upstreams[2].endpoints=http://\u65e5\u672c.test:" + REGISTRY.port());
		client = TestClient.of(sluice.uri("").toString());
	}

	@AfterAll
	static void stop() {
		client.close();
		sluice.close();
		STORE.close();
		REGISTRY.close();
	}

	@AfterEach
	void behave() {
		REGISTRY.behave();
		REGISTRY.requests().clear();
		STORE.requests().clear();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '\t', quoteCharacter = '\u00a7', textBlock = """
			http://127.0.0.1:%d/a|b?c|d	/a%7Cb?c%7Cd
			http://127.0.0.1:%d/{a}?{b}={c}	/%7Ba%7D?%7Bb%7D=%7Bc%7D
			http://127.0.0.1:%d/a b?c d	/a%20b?c%20d
			http://127.0.0.1:%d/"a"?"b"	/%22a%22?%22b%22
			http://127.0.0.1:%d/a^b?c^d	/a%5Eb?c%5Ed
			http://127.0.0.1:%d/a`b<c>d\\e?[f]	/a%60b%3Cc%3Ed%5Ce?%5Bf%5D
			http://127.0.0.1:%d/100%?a=%&b=%zz	/100%25?a=%25&b=%25zz
			http://127.0.0.1:%d/a%2Fb%7c?c%2fd	/a%2Fb%7c?c%2fd
			http://127.0.0.1:%d/tökén/日本?ü	/t%C3%B6k%C3%A9n/%E6%97%A5%E6%9C%AC?%C3%BC
			http://127.0.0.1:%d?sig=a	/?sig=a
			http://127.0.0.1:%d/a?sig=b/../c?d#e	/a?sig=b/../c?d
			http://127.0.0.1:%d/a/./b/../c	/a/c
			HTTP://127.0.0.1:%d/a	/a
			//127.0.0.1:%d/a	/a
			http://my_store:%d/a	/a
			http://_store_.test:%d/a	/a
			http://store.test.:%d/a	/a
			http://STORE.test:%d/a	/a
			http://bücher.test:%d/a	/a
			http://日本.test:%d/a	/a
			""")
	void followsALocationAsOtherClientsDo(String location, String asked) throws Exception {
		REGISTRY.misbehave(Matching.blobs(), Misbehaviour.redirect(307, raw(location)));
		assertServed(client.get("/v2/follows.test" + BLOB_PATH));
		assertThat(target(STORE.requests().last())).isEqualTo(asked);
	}

	@Test
	void asksAHostInAnyLettersByTheNameThatDnsKnows() throws Exception {
		REGISTRY.misbehave(Matching.blobs(), Misbehaviour.redirect(307, raw("http://b\u00fccher.test:%d/a")));
		assertServed(client.get("/v2/follows.test" + BLOB_PATH));
		assertThat(STORE.requests().last().header("Host")).contains("xn--bcher-kva.test:" + STORE.port());
	}

	@Test
	void takesAnEndpointAndARealmInAnyLetters() throws Exception {
		REGISTRY.misbehave(Matching.any(), Misbehaviour
			.challenges("Bearer realm=\"" + raw("http://b\u00fccher.test:" + REGISTRY.port() + "/auth") + "\""));
		assertServed(client.get("/v2/letters.test" + BLOB_PATH));
		assertThat(REGISTRY.requests().matching(Matching.path("/auth")))
			.allSatisfy(
					(request) -> assertThat(request.header("Host")).contains("xn--bcher-kva.test:" + REGISTRY.port()))
			.isNotEmpty();
		assertThat(REGISTRY.requests().last().header("Host")).contains("xn--wgv71a.test:" + REGISTRY.port());
	}

	@Test
	void followsALocationThatIsAQueryAlone() throws Exception {
		REGISTRY.misbehave(Matching.blobs().and((request) -> request.query().isEmpty()),
				Misbehaviour.redirect(307, "?sig=a|b"));
		assertServed(client.get("/v2/follows.test" + BLOB_PATH));
		assertThat(target(REGISTRY.requests().last())).isEqualTo("/v2" + BLOB_PATH + "?sig=a%7Cb");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '\t', quoteCharacter = '\u00a7', textBlock = """
			http://127.0.0.1:%d/a|b?c d	/a%7Cb?c%20d
			http://127.0.0.1:%d/ü?"é"	/%C3%BC?%22%C3%A9%22
			http://127.0.0.1:%d/100%	/100%25
			""")
	void handsALocationToTheClientAsAUrl(String location, String handed) throws Exception {
		REGISTRY.misbehave(Matching.blobs(), Misbehaviour.redirect(307, raw(location)));
		HttpResponse<byte[]> answer = client.get("/v2/passes.test" + BLOB_PATH);
		assertThat(answer.statusCode()).isEqualTo(307);
		assertThat(TestClient.header(answer, "Location")).isEqualTo("http://127.0.0.1:" + STORE.port() + handed);
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://[::1/x", "http://a b/x", "http://host:port/x", "http://host:99999/x",
			"http://user@127.0.0.1:1/x?s3cret", "http:///x", "gopher://x", "http://a\tb/x" })
	void saysThatALocationIsNone(String location) throws Exception {
		REGISTRY.misbehave(Matching.blobs(), Misbehaviour.redirect(307, location));
		HttpResponse<byte[]> answer = client.get("/v2/follows.test" + BLOB_PATH);
		OciFailure.of(answer).is(502, "UNAVAILABLE").saying("redirects to what is no URL");
		assertThat(TestClient.text(answer)).doesNotContain("s3cret", "user@");
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://robot:s3cret@127.0.0.1:%d/x", "http://robot@127.0.0.1:%d/x?s3cret",
			"//robot:s3cret@127.0.0.1:%d/x", "http://robot:s3@cret@127.0.0.1:%d/x", "http://@127.0.0.1:%d/x",
			"http://robot:s3cret@b\u00fccher.test:%d/x" })
	void doesntFollowALocationWithALogin(String location) throws Exception {
		REGISTRY.misbehave(Matching.blobs(), Misbehaviour.redirect(307, raw(location)));
		for (String upstream : new String[] { "follows.test", "passes.test" }) {
			HttpResponse<byte[]> answer = client.get("/v2/" + upstream + BLOB_PATH);
			OciFailure.of(answer).is(502, "UNAVAILABLE").saying("it carries a login");
			assertThat(TestClient.text(answer)).doesNotContain("robot", "s3", "cret");
		}
		assertThat(STORE.requests().count()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "http:robot:s3cret@127.0.0.1/x", "http:/robot:s3cret@127.0.0.1//x",
			"gopher:robot:s3cret@127.0.0.1", "http://robot:s3cret?x@127.0.0.1/x", "http://robot:s3cret#x@127.0.0.1/x",
			"http://[bad/x?a=b@s3cret", "http://[bad/x#a@s3cret/robot?c" })
	void showsNoLoginOfWhatIsNoLocation(String location) throws Exception {
		REGISTRY.misbehave(Matching.blobs(), Misbehaviour.redirect(307, location));
		HttpResponse<byte[]> answer = client.get("/v2/follows.test" + BLOB_PATH);
		OciFailure.of(answer).is(502, "UNAVAILABLE").saying("redirects to what is no URL");
		assertThat(TestClient.text(answer)).doesNotContain("robot", "s3cret");
	}

	/** As it comes in UTF-8, byte for byte. */
	private static String raw(String text) {
		return new String(text.replace("%d", Integer.toString(STORE.port())).getBytes(StandardCharsets.UTF_8),
				StandardCharsets.ISO_8859_1);
	}

	private static String target(RecordedRequest request) {
		return request.path() + (request.query().isEmpty() ? "" : "?" + request.query());
	}

	private static void assertServed(HttpResponse<byte[]> answer) {
		assertThat(answer.statusCode()).as(TestClient.text(answer)).isEqualTo(200);
		assertThat(answer.body()).isEqualTo(BLOB.bytes());
	}

}
