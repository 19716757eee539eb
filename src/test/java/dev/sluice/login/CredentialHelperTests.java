package dev.sluice.login;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import dev.sluice.credential.Credential;
import dev.sluice.credential.Secret;
import dev.sluice.credential.helper.CredentialHelpers;
import dev.sluice.credential.helper.HelperQuestion;
import dev.sluice.oci.CredentialException;
import dev.sluice.testing.HelperScript;
import dev.sluice.testing.LogCapture;
import dev.sluice.testing.RunningSluice;
import dev.sluice.testing.TestClient;
import dev.sluice.testing.TestClock;
import dev.sluice.testing.TestImage;
import dev.sluice.testing.TestRegistry;
import dev.sluice.testing.TokenServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Pulls whose login a Docker credential helper keeps.
 */
class CredentialHelperTests {

	private static final String MANIFEST = "/v2/corp.example.test/acme/app/manifests/1";

	private @TempDir Path directory;

	@Test
	void pullsAPrivateImageWithTheHelperOfItsRegistry() throws Exception {
		HelperScript script = HelperScript.giving(this.directory, "corp", "robot", "s3cret");
		try (TokenServer tokens = TokenServer.start().user("robot", "s3cret", "acme/*");
				TestRegistry registry = TestRegistry.token(tokens).push("acme/app", "1", TestImage.random());
				RunningSluice sluice = start(registry, "\"credHelpers\":{\"%s\":\"corp\"}");
				TestClient client = TestClient.of(sluice.uri("").toString())) {
			List<CompletableFuture<HttpResponse<byte[]>>> pulls = Stream.generate(() -> client.getAsync(MANIFEST))
				.limit(100)
				.toList();
			assertThat(pulls).allSatisfy((pull) -> assertThat(pull.join().statusCode()).isEqualTo(200));
			assertThat(script.runs()).containsExactly("get " + registry.authority());
			assertThat(client.get(MANIFEST.replace("acme/app", "other/app")).statusCode()).isEqualTo(403);
		}
	}

	@Test
	void pullsAPrivateImageWithTheIdentityTokenOfTheStore() throws Exception {
		HelperScript.giving(this.directory, "corp", "<token>", "eyJ.refresh");
		try (TokenServer tokens = TokenServer.start()
			.user("robot", "s3cret", "acme/*")
			.refreshToken("eyJ.refresh", "robot");
				TestRegistry registry = TestRegistry.token(tokens).push("acme/app", "1", TestImage.random());
				RunningSluice sluice = start(registry, "\"credsStore\":\"corp\",\"auths\":{\"%s\":{}}");
				TestClient client = TestClient.of(sluice.uri("").toString())) {
			assertThat(client.get(MANIFEST).statusCode()).isEqualTo(200);
		}
	}

	@Test
	void asksTheHelperAgainWhenItsLoginIsRejected() throws Exception {
		HelperScript.giving(this.directory, "corp", "robot", "old");
		try (TestRegistry basic = TestRegistry.basic("robot", "new").push("acme/app", "1", TestImage.random());
				TokenServer tokens = TokenServer.start().user("robot", "new", "acme/*");
				TestRegistry token = TestRegistry.token(tokens).push("acme/app", "1", TestImage.random())) {
			for (TestRegistry registry : List.of(basic, token)) {
				HelperScript.giving(this.directory, "corp", "robot", "old");
				try (RunningSluice sluice = start(registry, "\"credHelpers\":{\"%s\":\"corp\"}");
						TestClient client = TestClient.of(sluice.uri("").toString())) {
					HttpResponse<byte[]> refused = client.get(MANIFEST);
					assertThat(refused.statusCode()).isEqualTo(403);
					assertThat(TestClient.text(refused))
						.contains("(docker-credential-corp for " + registry.authority() + ")");
					HelperScript.giving(this.directory, "corp", "robot", "new");
					Awaitility.await()
						.atMost(Duration.ofSeconds(30))
						.until(() -> client.get(MANIFEST).statusCode() == 200);
				}
			}
		}
	}

	@Test
	void aRejectedLoginCostsNoPullWhereTheHelperHasANewerOne() throws Exception {
		HelperScript.giving(this.directory, "corp", "robot", "old");
		Set<String> passwords = ConcurrentHashMap.newKeySet();
		passwords.add("old");
		try (TestRegistry registry = TestRegistry.basic("robot", passwords).push("acme/app", "1", TestImage.random());
				RunningSluice sluice = start(registry, "\"credHelpers\":{\"%s\":\"corp\"}");
				TestClient client = TestClient.of(sluice.uri("").toString())) {
			assertThat(client.get(MANIFEST).statusCode()).isEqualTo(200);
			HelperScript.giving(this.directory, "corp", "robot", "new");
			passwords.add("new");
			passwords.remove("old");
			assertThat(client.get(MANIFEST).statusCode()).isEqualTo(200);
		}
	}

	@Test
	void aHelperIsNotAskedWhereABetterLoginWorks() throws Exception {
		HelperScript script = HelperScript.giving(this.directory, "corp", "robot", "another");
		try (TestRegistry registry = TestRegistry.basic("robot", "s3cret").push("acme/app", "1", TestImage.random());
				RunningSluice sluice = start(registry, "\"credHelpers\":{\"%s\":\"corp\"}",
						"sluice.upstreams[0].credential.username=robot",
						"sluice.upstreams[0].credential.password=s3cret");
				TestClient client = TestClient.of(sluice.uri("").toString())) {
			assertThat(client.get(MANIFEST).statusCode()).isEqualTo(200);
			assertThat(script.runs()).isEmpty();
		}
	}

	@Test
	void saysInOneErrorWhyAHelperFails() throws Exception {
		HelperScript script = HelperScript.write(this.directory, "corp", "echo 'keyring is locked' >&2; exit 1");
		try (TestRegistry registry = TestRegistry.basic("robot", "s3cret").push("acme/app", "1", TestImage.random());
				RunningSluice sluice = start(registry, "\"credHelpers\":{\"%s\":\"corp\"}");
				TestClient client = TestClient.of(sluice.uri("").toString())) {
			for (int i = 0; i < 3; i++) {
				HttpResponse<byte[]> failed = client.get(MANIFEST);
				assertThat(failed.statusCode()).isEqualTo(502);
				assertThat(TestClient.text(failed)).contains("UNAVAILABLE",
						"corp.example.test: no login from docker-credential-corp for " + registry.authority()
								+ ": it ended with status 1, stderr: keyring is locked");
			}
			assertThat(script.runs()).hasSize(1);
			assertThat(registry.requests().all()).isEmpty();
			assertThat(health(sluice)).contains("DEGRADED", "keyring is locked");
		}
	}

	@Test
	void goesOnAnonymouslyWhereTheHelperIsNotInstalled() throws Exception {
		try (TestRegistry registry = TestRegistry.open().push("acme/app", "1", TestImage.random());
				RunningSluice sluice = start(registry, "\"credsStore\":\"not-installed\"");
				LogCapture log = LogCapture.asUsersSeeIt();
				TestClient client = TestClient.of(sluice.uri("").toString())) {
			assertThat(health(sluice)).doesNotContain("not-installed");
			for (int i = 0; i < 3; i++) {
				assertThat(client.get(MANIFEST).statusCode()).isEqualTo(200);
			}
			String said = "docker-credential-not-installed is to be asked for the login of " + registry.authority()
					+ ", but isn't on the PATH of Sluice: pulls from there go on anonymously.";
			assertThat(log.entries()).filteredOn((entry) -> entry.message().contains(said)).hasSize(1);
			assertThat(health(sluice)).contains("DEGRADED", said);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = {
			"echo 'pass not initialized: exit status 1: Error: password store is empty. Try \"pass init\".'",
			"echo 'pass store is uninitialized'",
			"echo 'pass not initialized: exec: \"pass\": executable file not found in $PATH: '",
			"echo 'The name org.freedesktop.secrets was not provided by any .service files'",
			"echo 'Cannot autolaunch D-Bus without X11 $DISPLAY'",
			"echo 'ERROR: (gcloud.auth.docker-helper) You do not currently have an active account selected.' >&2",
			"echo 'google: could not find default credentials. See https://cloud.google.com/docs' >&2" })
	void oneThatIsNotSetUpCostsNoPublicPullAndSaysSoOnce(String words) throws Exception {
		HelperScript script = HelperScript.write(this.directory, "corp", words + "; exit 1");
		try (TestRegistry registry = TestRegistry.open().push("acme/app", "1", TestImage.random());
				RunningSluice sluice = start(registry, "\"credsStore\":\"corp\"");
				LogCapture log = LogCapture.asUsersSeeIt();
				TestClient client = TestClient.of(sluice.uri("").toString())) {
			for (int i = 0; i < 3; i++) {
				assertThat(client.get(MANIFEST).statusCode()).isEqualTo(200);
			}
			String said = "docker-credential-corp for " + registry.authority()
					+ " isn't set up for the user that Sluice runs as (";
			assertThat(log.entries()).filteredOn((entry) -> entry.message().contains(said)).hasSize(1);
			assertThat(health(sluice)).contains("DEGRADED", said, "docker --config DIR login " + registry.authority());
			assertThat(script.runs()).hasSize(1);
		}
	}

	@Test
	void oneThatIsNotSetUpIsNamedWhereNobodyIsRefused() throws Exception {
		HelperScript.write(this.directory, "corp", "echo 'pass store is uninitialized'; exit 1");
		try (TestRegistry registry = TestRegistry.basic("robot", "s3cret").push("acme/app", "1", TestImage.random());
				RunningSluice sluice = start(registry, "\"credHelpers\":{\"%s\":\"corp\"}");
				TestClient client = TestClient.of(sluice.uri("").toString())) {
			HttpResponse<byte[]> refused = client.get(MANIFEST);
			assertThat(refused.statusCode()).isEqualTo(502);
			assertThat(TestClient.text(refused)).contains("isn't set up for the user that Sluice runs as",
					"pass store is uninitialized", "docker --config DIR login");
		}
	}

	@Test
	void oneThatIsSetUpLaterGivesItsLoginAndHealthIsWell() throws Exception {
		HelperScript.write(this.directory, "corp", "echo 'pass store is uninitialized'; exit 1");
		TestClock clock = TestClock.now();
		try (CredentialHelpers helpers = new CredentialHelpers(HelperScript.path(this.directory),
				CredentialHelpers.TIMEOUT, clock, (_) -> {
				})) {
			HelperQuestion question = new HelperQuestion("corp", "r.example");
			assertThatExceptionOfType(CredentialException.IdentityUnavailable.class)
				.isThrownBy(() -> helpers.find(question).block());
			assertThat(helpers.problem("corp")).isPresent();
			HelperScript.giving(this.directory, "corp", "u", "p");
			clock.advance(Duration.ofSeconds(31));
			assertThat(helpers.find(question).block()).isEqualTo(new Credential.Basic("u", new Secret("p")));
			assertThat(helpers.problem("corp")).isEmpty();
		}
	}

	@Test
	void namesAMissingHelperOnceWhenItsConfigurationIsRead() throws Exception {
		try (TestRegistry registry = TestRegistry.open().push("acme/app", "1", TestImage.random());
				RunningSluice sluice = start(registry, "\"auths\":{}");
				LogCapture log = LogCapture.asUsersSeeIt();
				TestClient client = TestClient.of(sluice.uri("").toString())) {
			write(registry, "\"credsStore\":\"desktop\",\"auths\":{\"%s\":{}}");
			String said = "docker-credential-desktop keeps the logins of " + registry.authority();
			Awaitility.await().untilAsserted(() -> assertThat(health(sluice)).contains(said));
			assertThat(client.get(MANIFEST).statusCode()).isEqualTo(200);
			assertThat(log.entries()).filteredOn((entry) -> entry.message().contains("docker-credential-desktop"))
				.singleElement()
				.satisfies((entry) -> assertThat(entry.message()).contains(said,
						"docker --config DIR login " + registry.authority()));
		}
	}

	private RunningSluice start(TestRegistry registry, String content, String... more) throws Exception {
		Path config = write(registry, content);
		CredentialHelpers helpers = new CredentialHelpers(HelperScript.path(this.directory), CredentialHelpers.TIMEOUT,
				Clock.systemUTC(), (dropped) -> {
				});
		Stream<String> properties = Stream.of("sluice.upstreams[0].name=corp.example.test",
				"sluice.upstreams[0].endpoints=" + registry.url(), "sluice.credentials.docker-config=" + config);
		return RunningSluice.with(CredentialHelpers.class, helpers,
				Stream.concat(properties, Stream.of(more)).toArray(String[]::new));
	}

	private Path write(TestRegistry registry, String content) throws Exception {
		return Files.writeString(this.directory.resolve("config.json"),
				"{" + content.formatted(registry.authority()) + "}");
	}

	private static String health(RunningSluice sluice) throws Exception {
		try (TestClient management = TestClient.of(sluice.managementUri("").toString())) {
			return TestClient.text(management.get("/actuator/health"));
		}
	}

}
