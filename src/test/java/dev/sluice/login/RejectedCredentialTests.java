package dev.sluice.login;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import dev.sluice.testing.LogCapture;
import dev.sluice.testing.Matching;
import dev.sluice.testing.Misbehaviour;
import dev.sluice.testing.OciFailure;
import dev.sluice.testing.RunningSluice;
import dev.sluice.testing.TestClient;
import dev.sluice.testing.TestImage;
import dev.sluice.testing.TestRegistry;
import dev.sluice.testing.TokenServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A credential that is rejected isn't hammered with; one that is denied something stays
 * in use. Counted at the servers.
 */
class RejectedCredentialTests {

	private static final int MANY = 1000;

	private static final String NAME = "registry.example.test";

	@TempDir
	private Path directory;

	@ParameterizedTest
	@ValueSource(ints = { 401, 403 })
	void refusedCredentialIsDeniedAndNamed(int status) throws Exception {
		try (TokenServer tokens = TokenServer.start().user("robot", "right", "acme/*");
				TestRegistry registry = TestRegistry.token(tokens);
				RunningSluice sluice = before(registry, "right");
				TestClient client = TestClient.of(sluice.uri("").toString())) {
			tokens.misbehave(Matching.any(), Misbehaviour.status(status));
			OciFailure.of(client.get(manifest("acme/app")))
				.is(403, "DENIED")
				.saying(tokens.url(), "refused the credential", "docker config", registry.authority(),
						Integer.toString(status));
		}
	}

	@Test
	void aTokenServerSeesARejectedCredentialFiveTimesAtMostInAThousandRequests() throws Exception {
		try (TokenServer tokens = TokenServer.start().user("robot", "right", "acme/*");
				TestRegistry registry = TestRegistry.token(tokens)) {
			IntStream.range(0, 50).forEach((i) -> registry.push("acme/app" + i, "1", TestImage.random()));
			try (RunningSluice sluice = before(registry, "wrong");
					TestClient client = TestClient.of(sluice.uri("").toString())) {
				assertThat(statuses(client, (i) -> "acme/app" + i % 50)).containsOnly(403);
			}
			assertThat(tokens.requests().count(Matching.authorized())).isBetween(1, 5);
		}
	}

	@Test
	void aRegistrySeesARejectedPasswordFiveTimesAtMostInAThousandRequests() throws Exception {
		try (TestRegistry registry = TestRegistry.basic("robot", "right").push("acme/app", "1", TestImage.random());
				RunningSluice sluice = before(registry, "wrong");
				TestClient client = TestClient.of(sluice.uri("").toString())) {
			assertThat(statuses(client, (i) -> "acme/app")).containsOnly(403);
			assertThat(registry.requests().count(Matching.authorized())).isBetween(1, 5);
		}
	}

	@Test
	void repositoriesThatDoNotExistLeaveTheCredentialInUse() throws Exception {
		try (TokenServer tokens = TokenServer.start().user("robot", "right", "acme/*");
				TestRegistry registry = TestRegistry.token(tokens).push("acme/app", "1", TestImage.random());
				RunningSluice sluice = before(registry, "right");
				TestClient client = TestClient.of(sluice.uri("").toString())) {
			assertThat(statuses(client, (i) -> "else/where" + i)).doesNotContain(200);
			assertThat(client.get(manifest("acme/app")).statusCode()).isEqualTo(200);
		}
	}

	@Test
	void repositoriesThatDoNotExistLeaveAPasswordInUse() throws Exception {
		try (TestRegistry registry = TestRegistry.basic("robot", "right").push("acme/app", "1", TestImage.random());
				RunningSluice sluice = before(registry, "right");
				TestClient client = TestClient.of(sluice.uri("").toString())) {
			assertThat(statuses(client, (i) -> "else/where" + i)).containsOnly(404);
			assertThat(client.get(manifest("acme/app")).statusCode()).isEqualTo(200);
		}
	}

	@Test
	void publicContentIsToBeHadWithABadCredentialAndAWarning() throws Exception {
		try (TokenServer tokens = TokenServer.start().user("robot", "right", "acme/*").anonymousMayPull("public/*");
				TestRegistry registry = TestRegistry.token(tokens).push("public/app", "1", TestImage.random());
				RunningSluice sluice = before(registry, "wrong");
				TestClient client = TestClient.of(sluice.uri("").toString());
				LogCapture log = LogCapture.asUsersSeeIt()) {
			assertThat(client.get(manifest("public/app")).statusCode()).isEqualTo(200);
			assertThat(client.get(manifest("public/app")).statusCode()).isEqualTo(200);
			assertThat(log.entries()
				.stream()
				.map(LogCapture.Entry::message)
				.filter((line) -> line.contains("refused the credential") && line.contains("isn't presented again")))
				.hasSize(1);
		}
	}

	@Test
	void healthTellsWhatIsRejected() throws Exception {
		try (TestRegistry registry = TestRegistry.basic("robot", "right").push("acme/app", "1", TestImage.random());
				RunningSluice sluice = before(registry, "wrong");
				TestClient client = TestClient.of(sluice.uri("").toString());
				TestClient management = TestClient.of(sluice.managementUri("").toString())) {
			OciFailure.of(client.get(manifest("acme/app"))).is(403, "DENIED").saying("presented again now and then");
			assertThat(TestClient.text(management.get("/actuator/health"))).contains("DEGRADED", "log in again")
				.doesNotContain("wrong");
		}
	}

	@Test
	void asksWithTheNextCredentialWhereOneIsRefusedAndRemembersWhichWorked() throws Exception {
		try (TokenServer tokens = TokenServer.start().user("first", "one", "a/*").user("second", "two", "b/*");
				TestRegistry registry = TestRegistry.token(tokens)
					.push("a/app", "1", TestImage.random())
					.push("b/app", "1", TestImage.random())) {
			Path one = config("one", registry, "first", "one");
			Path two = config("two", registry, "second", "two");
			try (RunningSluice sluice = RunningSluice.start("sluice.upstreams[0].name=" + NAME,
					"sluice.upstreams[0].endpoints=" + registry.url(),
					"sluice.credentials.docker-config=" + one + "," + two);
					TestClient client = TestClient.of(sluice.uri("").toString())) {
				assertThat(client.get(manifest("a/app")).statusCode()).isEqualTo(200);
				assertThat(client.get(manifest("b/app")).statusCode()).isEqualTo(200);
				registry.requests().clear();
				assertThat(client.get(manifest("b/app")).statusCode()).isEqualTo(200);
				assertThat(registry.requests().count()).isEqualTo(1);
			}
		}
	}

	private static List<Integer> statuses(TestClient client, IntFunction<String> repository) {
		List<CompletableFuture<HttpResponse<byte[]>>> asked = IntStream.range(0, MANY)
			.mapToObj((i) -> client.getAsync(manifest(repository.apply(i))))
			.toList();
		return asked.stream().map((each) -> each.join().statusCode()).toList();
	}

	/**
	 * A thousand requests at once may wait long for a connection where others compute.
	 */
	private RunningSluice before(TestRegistry registry, String password) {
		return RunningSluice.before(NAME, registry,
				RunningSluice.dockerConfig(this.directory, registry.authority(), "robot", password),
				"sluice.upstreams[0].timeouts.connect=60s");
	}

	private Path config(String name, TestRegistry registry, String user, String password) throws Exception {
		return RunningSluice.dockerConfig(Files.createDirectory(this.directory.resolve(name)), registry.authority(),
				user, password);
	}

	private static String manifest(String repository) {
		return "/v2/" + NAME + "/" + repository + "/manifests/1";
	}

}
