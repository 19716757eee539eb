package dev.sluice.login;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

import dev.sluice.testing.Matching;
import dev.sluice.testing.Misbehaviour;
import dev.sluice.testing.OciFailure;
import dev.sluice.testing.RecordedRequest;
import dev.sluice.testing.RunningSluice;
import dev.sluice.testing.TestClient;
import dev.sluice.testing.TestImage;
import dev.sluice.testing.TestRegistry;
import dev.sluice.testing.TokenServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * However a registry says that a password is wrong, it isn't shown so often that the
 * account is locked. Counted at the registry.
 */
@Timeout(60)
class LockoutTests {

	private static final String NAME = "registry.example.test";

	private static final Predicate<RecordedRequest> BASE = (request) -> request.path().equals("/v2/");

	/** By GET or by POST. */
	private static final Predicate<RecordedRequest> SHOWN = Matching.authorized()
		.or((request) -> request.field("password").isPresent());

	@TempDir
	private Path directory;

	private TestRegistry registry;

	@BeforeEach
	void start() {
		this.registry = TestRegistry.basic("robot", "right")
			.push("acme/app", "1", TestImage.random())
			.push("acme/other", "1", TestImage.random());
	}

	@AfterEach
	void stop() {
		this.registry.close();
	}

	@ParameterizedTest
	@MethodSource("offersOfBasic")
	void aWrongPasswordIsShownFiveTimesAtMostWhereverBasicIsOffered(List<String> lines) throws Exception {
		this.registry.misbehave(Matching.any(), Misbehaviour.challenges(lines.toArray(String[]::new)));
		assertShownSeldom();
	}

	@ParameterizedTest
	@MethodSource("offersOfBasic")
	void theRightPasswordIsTakenWhereverBasicIsOffered(List<String> lines) throws Exception {
		this.registry.misbehave(Matching.any(), Misbehaviour.challenges(lines.toArray(String[]::new)));
		try (RunningSluice sluice = before("right"); TestClient client = TestClient.of(sluice.uri("").toString())) {
			assertThat(client.get(manifest("acme/app")).statusCode()).isEqualTo(200);
		}
	}

	static Stream<Arguments> offersOfBasic() {
		String tooLong = "Negotiate " + "x".repeat(20_000);
		return Stream
			.of(List.of("Negotiate", "Basic realm=\"r\""), List.of("Basic realm=\"r\"", "Negotiate"),
					List.of("Negotiate, Basic realm=\"r\""), List.of("NTLM", "Negotiate YWJj==", "bASIC realm=r"),
					List.of("Bearer realm=\"no url\"", "Basic realm=\"r\""), List.of("", "Basic"),
					List.of("Digest realm=\"d\", nonce=\"n, Basic\"", "Basic realm=\"r\""),
					List.of(tooLong, "Basic realm=\"r\""))
			.map(Arguments::of);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Negotiate", "Digest realm=\"d\"", "Bearer realm=\"\"", "Bearer", "Form", "=,@", "" })
	void aWrongPasswordIsShownFiveTimesAtMostWhateverIsOfferedInItsPlace(String line) throws Exception {
		this.registry.misbehave(Matching.authorized(), Misbehaviour.challenges(line));
		assertShownSeldom();
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 401, 403 })
	void aWrongPasswordIsShownFiveTimesAtMostThoughNothingIsSaid(int status) throws Exception {
		this.registry.misbehave(Matching.authorized(), Misbehaviour.bareStatus(status));
		assertShownSeldom();
	}

	@ParameterizedTest
	@ValueSource(ints = { 200, 404, 500 })
	void aWrongPasswordIsShownFiveTimesAtMostThoughTheBaseRefusesNobody(int status) throws Exception {
		this.registry.misbehave(BASE, Misbehaviour.answer(status, "application/json", "{}"));
		assertShownSeldom();
	}

	@Test
	void aWrongPasswordIsShownFiveTimesAtMostThoughTheBaseAsksForAToken() throws Exception {
		this.registry.misbehave(BASE, Misbehaviour.challenges("Bearer realm=\"" + this.registry.url() + "/token\""));
		assertShownSeldom();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			400 | {"error":"invalid_grant"}
			400 | {"errors":[{"message":"Your authorization token has expired"}]}
			401 |
			403 | <html>
			405 | {"errors":[{"code":"DENIED"}]}
			406 | {"error":{"message":"no"}}
			422 | {}
			423 | account locked
			""")
	void aTokenServerIsShownAWrongPasswordFiveTimesAtMostWhateverItAnswers(int status, @Nullable String body)
			throws Exception {
		try (TokenServer tokens = TokenServer.start().user("robot", "right", "*");
				TestRegistry wantsTokens = TestRegistry.token(tokens);
				RunningSluice sluice = before(wantsTokens, "wrong");
				TestClient client = TestClient.of(sluice.uri("").toString())) {
			tokens.misbehave(SHOWN, Misbehaviour.answer(status, "application/json", (body != null) ? body : ""));
			for (int pull = 0; pull < 20; pull++) {
				OciFailure.of(client.get(manifest("acme/app"))).is(403, "DENIED").saying(Integer.toString(status));
			}
			assertThat(tokens.requests().count(SHOWN)).isBetween(1, 5);
		}
	}

	/** Single sign-on leads whoever it doesn't know to a page to log in at. */
	@ParameterizedTest
	@CsvSource({ "200, text/html, ''", "200, application/xhtml+xml; charset=utf-8, ''", "302, text/html, /login",
			"307, text/html, http://localhost:${port}/login" })
	void aWrongPasswordIsShownFiveTimesAtMostThoughAPageIsShownInPlaceOfARefusal(int status, String type,
			String location) throws Exception {
		Predicate<RecordedRequest> page = (request) -> request.path().equals("/login");
		Misbehaviour answer = Misbehaviour.answer(200, type, "<html>log in");
		this.registry.misbehave(page, answer);
		this.registry.misbehave(Matching.authorized().and(page.negate()),
				(status == 200) ? answer : Misbehaviour.redirect(status,
						location.replace("${port}", Integer.toString(URI.create(this.registry.url()).getPort()))));
		assertShownSeldom();
	}

	/** Quay calls its {@code true} a page, and so do registries without any types. */
	@ParameterizedTest
	@ValueSource(strings = { "true", "", "{}", " \r\n" })
	void aRightPasswordStaysInUseThoughTheBaseIsCalledAPage(String body) throws Exception {
		this.registry.misbehave(BASE.and(Matching.authorized()), Misbehaviour.answer(200, "text/html", body));
		this.registry.misbehave(Matching.path("/acme/other/").and(Matching.authorized()), Misbehaviour.status(403));
		this.registry.misbehave(Matching.manifests(), Misbehaviour.header("Content-Type", "text/html"));
		try (RunningSluice sluice = before("right"); TestClient client = TestClient.of(sluice.uri("").toString())) {
			OciFailure.of(client.get(manifest("acme/other"))).is(403, "DENIED").saying("asked as docker config");
			assertThat(client.get(manifest("acme/app")).statusCode()).isEqualTo(200);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/html", "application/vnd.oci.image.manifest.v1+json" })
	void aRightPasswordPullsWhateverAManifestIsSaidToBe(String type) throws Exception {
		this.registry.misbehave(Matching.manifests(), Misbehaviour.header("Content-Type", type));
		try (RunningSluice sluice = before("right"); TestClient client = TestClient.of(sluice.uri("").toString())) {
			assertThat(client.get(manifest("acme/app")).statusCode()).isEqualTo(200);
			assertThat(client.get(manifest("acme/other")).statusCode()).isEqualTo(200);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			302 | text/html | <html> | redirects of token requests
			200 | text/html | <html> | something else than a JSON object
			200 | application/json | {"errors":[{"code":"UNAUTHORIZED"}]} | without a token
			200 | application/json | {"token":""} | without a token
			400 | application/json | {"error":"bad"} | 400
			404 | text/plain | no | 404
			""")
	void aTokenServerIsShownAWrongPasswordFiveTimesAtMostThoughItDoesntRefuseIt(int status, String type, String body,
			String said) throws Exception {
		try (TokenServer tokens = TokenServer.start().user("robot", "right", "*");
				TestRegistry wantsTokens = TestRegistry.token(tokens);
				RunningSluice sluice = before(wantsTokens, "wrong");
				TestClient client = TestClient.of(sluice.uri("").toString())) {
			tokens.misbehave(SHOWN, Misbehaviour.answer(status, type, body));
			for (int pull = 0; pull < 20; pull++) {
				OciFailure.of(client.get(manifest("acme/app"))).is(403, "DENIED").saying(said, "log in again");
			}
			assertThat(tokens.requests().count(SHOWN)).isBetween(1, 5);
		}
	}

	/** Such a server can't be asked for nothing in particular. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			400 | {"error":"bad"}
			200 | {"token":""}
			404 | {}
			""")
	void aRightPasswordStaysInUseThoughTheTokenServerWantsAScope(int status, String body) throws Exception {
		try (TokenServer tokens = TokenServer.start().user("robot", "right", "*");
				TestRegistry wantsTokens = TestRegistry.token(tokens).push("acme/app", "1", TestImage.random());
				RunningSluice sluice = before(wantsTokens, "right");
				TestClient client = TestClient.of(sluice.uri("").toString())) {
			tokens.misbehave(
					SHOWN.and((request) -> request.parameter("scope").isEmpty() && request.field("scope").isEmpty()),
					Misbehaviour.answer(status, "application/json", body));
			tokens.misbehave(SHOWN.and((request) -> request.query().contains("other")), Misbehaviour.status(403));
			OciFailure.of(client.get(manifest("acme/other"))).is(403, "DENIED");
			assertThat(client.get(manifest("acme/app")).statusCode()).isEqualTo(200);
		}
	}

	@Test
	void aTokenServerThatIsOutOfOrderForEverybodySaysNothingOfALogin() throws Exception {
		try (TokenServer tokens = TokenServer.start().user("robot", "right", "*");
				TestRegistry wantsTokens = TestRegistry.token(tokens).push("acme/app", "1", TestImage.random());
				RunningSluice sluice = before(wantsTokens, "right");
				TestClient client = TestClient.of(sluice.uri("").toString())) {
			tokens.misbehave(Matching.any(), Misbehaviour.htmlPage());
			OciFailure.of(client.get(manifest("acme/app"))).is(502, "UNAVAILABLE").saying("a JSON object");
			tokens.behave();
			assertThat(client.get(manifest("acme/app")).statusCode()).isEqualTo(200);
		}
	}

	@Test
	void aPasswordThatMayNotHaveSomethingStaysInUseThoughTheBaseRefusesNobody() throws Exception {
		this.registry.misbehave(BASE, Misbehaviour.answer(200, "application/json", "{}"));
		this.registry.misbehave(Matching.path("/acme/other/").and(Matching.authorized()), Misbehaviour.status(403));
		try (RunningSluice sluice = before("right"); TestClient client = TestClient.of(sluice.uri("").toString())) {
			OciFailure.of(client.get(manifest("acme/other"))).is(403, "DENIED").saying("asked as docker config");
			assertThat(client.get(manifest("acme/app")).statusCode()).isEqualTo(200);
		}
	}

	@Test
	void aDenialOfAGoodPasswordIsNoReasonToLogInAgain() throws Exception {
		this.registry.misbehave(Matching.path("/acme/other/"), Misbehaviour.status(401));
		this.registry.misbehave(Matching.path("/acme/other/"), Misbehaviour.challenges("Basic realm=\"r\""));
		try (RunningSluice sluice = before("right"); TestClient client = TestClient.of(sluice.uri("").toString())) {
			OciFailure denied = OciFailure.of(client.get(manifest("acme/other"))).is(403, "DENIED");
			denied.saying("answered 401", "asked as docker config");
			assertThat(TestClient.text(client.get(manifest("acme/other")))).doesNotContain("log in again");
			assertThat(client.get(manifest("acme/app")).statusCode()).isEqualTo(200);
		}
	}

	@Test
	void aRefusalWhoseBodyNeverEndsHoldsNoPullUpForLong() throws Exception {
		this.registry.misbehave(Matching.authorized().negate(), Misbehaviour.stallAt(5));
		try (RunningSluice sluice = before("right"); TestClient client = TestClient.of(sluice.uri("").toString())) {
			assertThat(client.getAsync(manifest("acme/app")).get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
		}
	}

	private void assertShownSeldom() throws Exception {
		try (RunningSluice sluice = before("wrong"); TestClient client = TestClient.of(sluice.uri("").toString())) {
			for (int pull = 0; pull < 20; pull++) {
				assertThat(client.get(manifest("acme/app")).statusCode()).isEqualTo(403);
			}
			assertThat(TestClient.text(client.get(manifest("acme/app")))).contains("docker config", "log in again")
				.doesNotContain("wrong");
		}
		assertThat(this.registry.requests().count(Matching.authorized())).isBetween(1, 5);
	}

	private RunningSluice before(String password) {
		return before(this.registry, password);
	}

	private RunningSluice before(TestRegistry upstream, String password) {
		return RunningSluice.before(NAME, upstream,
				RunningSluice.dockerConfig(this.directory, upstream.authority(), "robot", password));
	}

	private static String manifest(String repository) {
		return "/v2/" + NAME + "/" + repository + "/manifests/1";
	}

}
