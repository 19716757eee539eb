package dev.sluice.secrecy;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.sluice.testing.LogCapture;
import dev.sluice.testing.Matching;
import dev.sluice.testing.Misbehaviour;
import dev.sluice.testing.OciFailure;
import dev.sluice.testing.PrivateRegistry;
import dev.sluice.testing.TestClient;
import dev.sluice.testing.TestContent;
import dev.sluice.testing.TestImage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A registry that repeats in its headers what it was sent: no client hears of it, nor
 * does the log.
 */
@Timeout(60)
class ReflectedSecretTests {

	private static final TestImage IMAGE = TestImage.multiArch();

	private static final TestContent BLOB = TestContent.random(512);

	private static final List<String> PATHS = List.of("manifests/1", "manifests/" + IMAGE.digest(),
			"blobs/" + BLOB.digest(), "tags/list", "referrers/" + IMAGE.digest());

	private static PrivateRegistry following;

	private static PrivateRegistry passing;

	@BeforeAll
	static void start(@TempDir Path one, @TempDir Path other) {
		following = PrivateRegistry.start(one);
		passing = PrivateRegistry.start(other, "sluice.upstreams[0].redirects=pass");
		for (PrivateRegistry upstream : List.of(following, passing)) {
			upstream.registry().push("acme/app", "1", IMAGE).push("acme/app", BLOB);
		}
	}

	@AfterAll
	static void stop() {
		following.close();
		passing.close();
	}

	@AfterEach
	void behave() {
		following.registry().behave();
		passing.registry().behave();
	}

	@ParameterizedTest
	@ValueSource(strings = { "Warning", "Cache-Control", "Last-Modified", "OCI-Filters-Applied", "Link", "Content-Type",
			"Docker-Content-Digest", "Content-Range", "Content-Encoding", "ETag", "Retry-After", "X-Debug" })
	void reachesNoClientByAnyHeader(String name) throws Exception {
		try (LogCapture log = LogCapture.asUsersSeeIt()) {
			for (String secret : secrets(following)) {
				following.registry().behave();
				following.registry().misbehave(Matching.any(), Misbehaviour.header(name, line(name, secret)));
				for (String path : PATHS) {
					assertHidden(secret, following.client().get("/v2/acme/app/" + path));
					assertHidden(secret, following.client().head("/v2/acme/app/" + path));
				}
				log.awaitAccessLine("referrers");
				assertThat(log.entries()).noneMatch((entry) -> entry.toString().contains(secret));
			}
		}
	}

	@Test
	void aListGoesOnThoughItsLinkHasThePasswordInItsPath() throws Exception {
		following.registry()
			.misbehave(Matching.path("/tags/"),
					Misbehaviour.header("Link", "</v2/s3cret/tags/list?last=b&n=2>; rel=\"next\""));
		HttpResponse<byte[]> answer = following.client().get("/v2/acme/app/tags/list?n=2");
		assertThat(answer.headers().firstValue("Link")).contains("</v2/acme/app/tags/list?last=b&n=2>; rel=\"next\"");
		assertHidden("s3cret", answer);
	}

	/** Without its link the client would take the page for all there is. */
	@Test
	void aListThatGoesOnAtThePasswordIsRefused() throws Exception {
		following.registry().misbehave(Matching.path("/tags/"), Misbehaviour.header("Link", line("Link", "s3cret")));
		HttpResponse<byte[]> answer = following.client().get("/v2/acme/app/tags/list?n=2");
		OciFailure.of(answer).is(502, "UNAVAILABLE").saying("repeats our own credential");
		assertHidden("s3cret", answer);
	}

	@Test
	void takesNoOtherLineWithIt() throws Exception {
		Map<String, String> said = new LinkedHashMap<>();
		said.put("Warning", "299 - \"your password is s3cret\"");
		following.registry().misbehave(Matching.any(), Misbehaviour.extraHeaders(said));
		following.registry()
			.misbehave(Matching.any(), Misbehaviour.extraHeaders(Map.of("Warning", "299 - \"deprecated\"")));
		HttpResponse<byte[]> answer = following.client().get("/v2/acme/app/manifests/1");
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.headers().allValues("Warning")).containsExactly("299 - \"deprecated\"");
	}

	/** The token too, which isn't the login's own. */
	@ParameterizedTest
	@ValueSource(ints = { 403, 404, 429, 500 })
	void reachesNoClientByAnErrorsBody(int status) throws Exception {
		for (String secret : secrets(following)) {
			following.registry().behave();
			following.registry()
				.misbehave(Matching.any(), Misbehaviour.answer(status, "application/json",
						"{\"errors\":[{\"code\":\"X\",\"message\":\"sent: " + secret + "\"}]}"));
			assertHidden(secret, following.client().get("/v2/acme/app/manifests/1"));
		}
	}

	@Test
	void reachesNoClientByARedirectThatIsPassedOn() throws Exception {
		for (String secret : secrets(passing)) {
			passing.registry().behave();
			passing.registry()
				.misbehave(Matching.blobs(), Misbehaviour.redirect(307,
						"https://cdn.example.test/b?sig=" + URLEncoder.encode(secret, StandardCharsets.UTF_8)));
			HttpResponse<byte[]> answer = passing.client().get("/v2/acme/app/blobs/" + BLOB.digest());
			assertHidden(secret, answer);
			OciFailure.of(answer).is(502, "UNAVAILABLE").saying("redirects with our own credential in the URL");
			passing.registry().behave();
			passing.registry().misbehave(Matching.blobs(), Misbehaviour.redirect(307, "http:///" + secret));
			assertHidden(secret, passing.client().get("/v2/acme/app/blobs/" + BLOB.digest()));
		}
	}

	/** The password, as it is and as Basic sends it, and the token that is in use. */
	private static List<String> secrets(PrivateRegistry upstream) throws Exception {
		upstream.registry().behave();
		assertThat(upstream.client().get("/v2/acme/app/manifests/1").statusCode()).isEqualTo(200);
		String token = upstream.registry().requests().last().header("Authorization").orElseThrow();
		return List.of("s3cret", Base64.getEncoder().encodeToString("robot:s3cret".getBytes(StandardCharsets.UTF_8)),
				token.substring("Bearer ".length()));
	}

	private static String line(String name, String secret) {
		return switch (name) {
			case "Warning" -> "299 - \"" + secret + "\"";
			case "Link" -> "</v2/acme/app/tags/list?last=" + secret + ">; rel=\"next\"";
			case "Content-Type" -> "application/vnd.docker.distribution." + secret + "+json";
			case "Content-Range" -> "bytes 0-0/1 " + secret;
			default -> secret;
		};
	}

	private static void assertHidden(String secret, HttpResponse<byte[]> answer) {
		Stream<String> headers = answer.headers().map().entrySet().stream().map(Object::toString);
		assertThat(Stream.concat(headers, Stream.of(TestClient.text(answer)))).noneMatch(
				(text) -> text.contains(secret) || text.contains(URLEncoder.encode(secret, StandardCharsets.UTF_8)));
	}

}
