package dev.sluice.login;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import dev.sluice.testing.Answer;
import dev.sluice.testing.Listener;
import dev.sluice.testing.Matching;
import dev.sluice.testing.Misbehaviour;
import dev.sluice.testing.RecordedRequest;
import dev.sluice.testing.RunningSluice;
import dev.sluice.testing.TestClient;
import dev.sluice.testing.TestImage;
import dev.sluice.testing.TestRegistry;
import dev.sluice.testing.TokenServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A login that has worked at a registry is shown there at once, for what was never asked
 * for too; and it is in the way of nothing. Counted at the registry.
 */
@Timeout(60)
class PresentedAtOnceTests {

	private static final String NAME = "registry.example.test";

	private static final String GOOD = TestClient.basic("robot", "right");

	@TempDir
	private Path directory;

	@Test
	void aPasswordThatWorkedIsShownAtOnceForAnotherRepository() throws Exception {
		try (TestRegistry registry = filled(TestRegistry.basic("robot", "right"));
				RunningSluice sluice = before(registry);
				TestClient client = TestClient.of(sluice.uri("").toString())) {
			assertServed(client, manifest("private/app"));
			registry.requests().clear();
			assertServed(client, manifest("private/other"));
			assertServed(client, "/v2/" + NAME + "/private/other/tags/list");
			assertThat(client.head(manifest("public/app")).statusCode()).isEqualTo(200);
			assertThat(registry.requests().all()).hasSize(3).allMatch(Matching.authorized());
		}
	}

	@Test
	void aTokenIsFetchedAtOnceForAnotherRepository() throws Exception {
		try (TokenServer tokens = TokenServer.start().user("robot", "right", "*");
				TestRegistry registry = filled(TestRegistry.token(tokens));
				RunningSluice sluice = before(registry);
				TestClient client = TestClient.of(sluice.uri("").toString())) {
			assertServed(client, manifest("private/app"));
			registry.requests().clear();
			assertServed(client, manifest("private/other"));
			assertServed(client, manifest("private/other"));
			assertThat(registry.requests().all()).hasSize(2).allMatch(Matching.authorized());
			assertThat(tokens.exchanges()).isEqualTo(2);
			assertThat(tokens.requests().last().parameter("scope")).contains("repository:private/other:pull");
		}
	}

	@Test
	void nobodyFetchesNoTokenUnasked() throws Exception {
		try (TokenServer tokens = TokenServer.start().anonymousMayPull("*");
				TestRegistry registry = filled(TestRegistry.token(tokens));
				RunningSluice sluice = RunningSluice.before(NAME, registry, this.directory.resolve("none"));
				TestClient client = TestClient.of(sluice.uri("").toString())) {
			assertServed(client, manifest("public/app"));
			assertServed(client, manifest("private/app"));
			assertThat(registry.requests().count(Matching.authorized().negate())).isEqualTo(2);
		}
	}

	@Test
	void nothingIsShownToARegistryThatNeverAsked() throws Exception {
		try (TestRegistry registry = filled(TestRegistry.open());
				RunningSluice sluice = before(registry, "sluice.upstreams[0].catalog=true");
				TestClient client = TestClient.of(sluice.uri("").toString())) {
			assertServed(client, manifest("private/app"));
			assertServed(client, manifest("private/other"));
			assertServed(client, "/v2/" + NAME + "/_catalog");
			assertThat(registry.requests().count(Matching.authorized())).isZero();
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 401, 403 })
	void whatNobodyMayHaveAndSomebodyMayNotIsHadAsNobody(int status) throws Exception {
		TestRegistry.Front front = (request, content) -> {
			boolean open = request.path().contains("/public/");
			Answer denied = Answer.error(status, "DENIED", "not for robots").with("WWW-Authenticate", "Basic realm=r");
			return open ? (request.has("Authorization") ? denied : content.apply(request))
					: wantingBasic(request, content);
		};
		try (TestRegistry registry = filled(TestRegistry.behind(front, Listener.loopback()));
				RunningSluice sluice = before(registry);
				TestClient client = TestClient.of(sluice.uri("").toString())) {
			assertServed(client, manifest("private/app"));
			assertServed(client, manifest("public/app"));
			registry.requests().clear();
			assertServed(client, manifest("public/app"));
			assertThat(registry.requests().all()).hasSize(1).noneMatch(Matching.authorized());
			assertServed(client, manifest("private/other"));
		}
	}

	@Test
	void whatNeedsNoTokenIsHadThoughTheTokenServerRefusesOneForIt() throws Exception {
		try (TokenServer tokens = TokenServer.start().user("robot", "right", "*");
				TestRegistry registry = filled(TestRegistry.token(tokens));
				RunningSluice sluice = before(registry);
				TestClient client = TestClient.of(sluice.uri("").toString())) {
			assertServed(client, manifest("private/app"));
			tokens.misbehave((request) -> request.query().contains("public"), Misbehaviour.status(403));
			registry.misbehave(Matching.path("/public/"),
					Misbehaviour.answer(200, "application/vnd.oci.image.manifest.v1+json", "{}"));
			assertServed(client, manifest("public/app"));
		}
	}

	@Test
	void publicContentIsToBeHadOnceThePasswordWorksNoMore() throws Exception {
		TestRegistry.Front front = (request,
				content) -> (request.path().contains("/public/") && !request.has("Authorization"))
						? content.apply(request) : wantingBasic(request, content);
		try (TestRegistry registry = filled(TestRegistry.behind(front, Listener.loopback()));
				RunningSluice sluice = before(registry);
				TestClient client = TestClient.of(sluice.uri("").toString())) {
			assertServed(client, manifest("private/app"));
			registry.misbehave(Matching.authorized(), Misbehaviour.status(401));
			registry.misbehave(Matching.authorized(), Misbehaviour.challenges("Basic realm=r"));
			registry.requests().clear();
			for (int pull = 0; pull < 20; pull++) {
				assertServed(client, manifest("public/app"));
			}
			assertThat(registry.requests().count(Matching.authorized())).isBetween(1, 5);
		}
	}

	/** As zot's: everybody gets in, and who says who it is sees more. */
	@ParameterizedTest
	@ValueSource(ints = { 200, 401 })
	void aCatalogIsAskedForAsSomebodyThoughNobodyGetsOneToo(int status) throws Exception {
		try (TestRegistry registry = filled(TestRegistry.behind(openTo(status), Listener.loopback()));
				RunningSluice sluice = before(registry, "sluice.upstreams[0].catalog=true");
				TestClient client = TestClient.of(sluice.uri("").toString())) {
			assertThat(catalog(client)).contains("private/app", "public/app");
			registry.requests().clear();
			assertThat(catalog(client)).contains("private/app");
			assertThat(registry.requests().all()).hasSize(1).allMatch(Matching.authorized());
		}
	}

	@Test
	void aCatalogIsAskedForAtOnceWithThePasswordThatWorkedForARepository() throws Exception {
		try (TestRegistry registry = filled(TestRegistry.behind(openTo(404), Listener.loopback()));
				RunningSluice sluice = before(registry, "sluice.upstreams[0].catalog=true");
				TestClient client = TestClient.of(sluice.uri("").toString())) {
			assertServed(client, manifest("private/app"));
			registry.requests().clear();
			assertThat(catalog(client)).contains("private/app");
			assertThat(registry.requests().all()).hasSize(1).allMatch(Matching.authorized());
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 401, 403 })
	void aCatalogThatWeMayNotSeeIsNobodys(int status) throws Exception {
		try (TestRegistry registry = filled(TestRegistry.behind(openTo(200), Listener.loopback()));
				RunningSluice sluice = before(registry, "sluice.upstreams[0].catalog=true");
				TestClient client = TestClient.of(sluice.uri("").toString())) {
			registry.misbehave(Matching.path("/_catalog").and(Matching.authorized()), Misbehaviour.status(status));
			assertThat(catalog(client)).contains("public/app").doesNotContain("private/app");
			assertThat(catalog(client)).contains("public/app").doesNotContain("private/app");
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 200, 401 })
	void aCatalogIsNobodysWhereThePasswordIsWrong(int status) throws Exception {
		try (TestRegistry registry = filled(TestRegistry.behind(openTo(status), Listener.loopback()));
				RunningSluice sluice = RunningSluice.before(NAME, registry,
						RunningSluice.dockerConfig(this.directory, registry.authority(), "robot", "wrong"),
						"sluice.upstreams[0].catalog=true");
				TestClient client = TestClient.of(sluice.uri("").toString())) {
			for (int asked = 0; asked < 20; asked++) {
				assertThat(catalog(client)).contains("public/app").doesNotContain("private/app");
			}
			assertThat(registry.requests().count(Matching.authorized())).isBetween(1, 5);
		}
	}

	@Test
	void aCatalogOfARegistryThatAsksForNothingIsAskedForOnceFromThenOn() throws Exception {
		try (TestRegistry registry = filled(TestRegistry.open());
				RunningSluice sluice = before(registry, "sluice.upstreams[0].catalog=true");
				TestClient client = TestClient.of(sluice.uri("").toString())) {
			catalog(client);
			registry.requests().clear();
			catalog(client);
			assertThat(registry.requests().all()).hasSize(1);
		}
	}

	/** What {@code /v2/} answers to nobody, with a challenge whatever it is. */
	private static TestRegistry.Front openTo(int base) {
		return (request, content) -> {
			boolean good = request.header("Authorization").equals(Optional.of(GOOD));
			if (request.has("Authorization") && !good) {
				return wantingBasic(request, content);
			}
			if (request.path().equals("/v2/") && !good) {
				return Answer.json(base, "").with("WWW-Authenticate", "basic realm=\"zot\"");
			}
			if (request.path().equals("/v2/_catalog") && !good) {
				return Answer.json(200, Map.of("repositories", List.of("public/app")));
			}
			return request.path().contains("/private/") ? wantingBasic(request, content) : content.apply(request);
		};
	}

	private static Answer wantingBasic(RecordedRequest request, Function<RecordedRequest, Answer> content) {
		return request.header("Authorization").equals(Optional.of(GOOD)) ? content.apply(request)
				: Answer.error(401, "UNAUTHORIZED", "authentication required")
					.with("WWW-Authenticate", "Basic realm=r");
	}

	private static TestRegistry filled(TestRegistry registry) {
		TestImage image = TestImage.random();
		return registry.push("private/app", "1", image)
			.push("private/other", "1", image)
			.push("public/app", "1", image);
	}

	private RunningSluice before(TestRegistry registry, String... properties) {
		return RunningSluice.before(NAME, registry,
				RunningSluice.dockerConfig(this.directory, registry.authority(), "robot", "right"), properties);
	}

	private static String catalog(TestClient client) throws Exception {
		var answer = client.get("/v2/" + NAME + "/_catalog");
		assertThat(answer.statusCode()).isEqualTo(200);
		return TestClient.text(answer);
	}

	private static void assertServed(TestClient client, String path) throws Exception {
		var answer = client.get(path);
		assertThat(answer.statusCode()).as(TestClient.text(answer)).isEqualTo(200);
	}

	private static String manifest(String repository) {
		return "/v2/" + NAME + "/" + repository + "/manifests/1";
	}

}
