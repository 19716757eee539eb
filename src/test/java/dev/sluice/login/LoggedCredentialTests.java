package dev.sluice.login;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import dev.sluice.testing.LogCapture;
import dev.sluice.testing.Matching;
import dev.sluice.testing.Misbehaviour;
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
 * Which credential the access log names: the one that was really shown.
 */
@Timeout(60)
class LoggedCredentialTests {

	private static final String NAME = "registry.example.test";

	private static final String MANIFEST = "/v2/" + NAME + "/acme/app/manifests/1";

	@TempDir
	private Path directory;

	@Test
	void oneThatNobodyAskedForWasNotUsed() throws Exception {
		try (TestRegistry registry = filled(TestRegistry.open());
				RunningSluice sluice = before(registry);
				TestClient client = TestClient.of(sluice.uri("").toString());
				LogCapture log = LogCapture.asUsersSeeIt()) {
			assertThat(client.get(MANIFEST).statusCode()).isEqualTo(200);
			assertThat(log.awaitAccessLine("status=200"))
				.contains("credential=\"no credential (docker config " + this.directory, " wasn't asked for)\"");
			assertThat(registry.requests().count(Matching.authorized())).isZero();
		}
	}

	@Test
	void oneThatWasShownAfterTheFirstRefusalWasUsed() throws Exception {
		try (TestRegistry registry = filled(TestRegistry.basic("robot", "s3cret"));
				RunningSluice sluice = before(registry);
				TestClient client = TestClient.of(sluice.uri("").toString());
				LogCapture log = LogCapture.asUsersSeeIt()) {
			client.get(MANIFEST);
			assertThat(log.awaitAccessLine("status=200")).contains("credential=\"docker config");
		}
	}

	@Test
	void oneThatATokenServerSawWasUsedWhateverCameOfIt() throws Exception {
		try (TokenServer tokens = TokenServer.start().user("robot", "s3cret", "acme/*");
				TestRegistry registry = filled(TestRegistry.token(tokens));
				RunningSluice sluice = before(registry);
				TestClient client = TestClient.of(sluice.uri("").toString());
				LogCapture log = LogCapture.asUsersSeeIt()) {
			tokens.misbehave(Matching.any(), 1, Misbehaviour.status(503));
			client.get(MANIFEST);
			assertThat(log.awaitAccessLine("status=502")).contains("credential=\"docker config",
					"endpoint=" + registry.url());
			client.get(MANIFEST);
			assertThat(log.awaitAccessLine("status=200")).contains("credential=\"docker config");
		}
	}

	@Test
	void oneThatWasRefusedWasNotWhatPublicContentWasHadWith() throws Exception {
		try (TokenServer tokens = TokenServer.start().anonymousMayPull("acme/*");
				TestRegistry registry = filled(TestRegistry.token(tokens));
				RunningSluice sluice = before(registry);
				TestClient client = TestClient.of(sluice.uri("").toString());
				LogCapture log = LogCapture.asUsersSeeIt()) {
			client.get(MANIFEST);
			assertThat(log.awaitAccessLine("status=200")).contains("credential=\"no credential\"");
		}
	}

	/** Each is presented, or in quarantine already: what is public comes to nobody. */
	@ParameterizedTest
	@ValueSource(strings = { "\"username\":\"robot\",\"password\":\"wrong%s\"", "\"registrytoken\":\"wrong%s\"",
			"\"identitytoken\":\"wrong%s\"" })
	void noneOfSeveralThatWereRejectedWasWhatPublicContentWasHadWith(String entry) throws Exception {
		try (TokenServer tokens = TokenServer.start().anonymousMayPull("acme/*");
				TestRegistry registry = filled(TestRegistry.token(tokens)).push("acme/other", "1", TestImage.random());
				RunningSluice sluice = RunningSluice.before(NAME, registry, severalFor(registry, entry));
				TestClient client = TestClient.of(sluice.uri("").toString())) {
			for (String repository : List.of("acme/app", "acme/app", "acme/other", "acme/app")) {
				String path = "/v2/" + NAME + "/" + repository + "/manifests/1";
				try (LogCapture log = LogCapture.asUsersSeeIt()) {
					assertThat(client.get(path).statusCode()).isEqualTo(200);
					assertThat(log.awaitAccessLine("method=GET")).contains("credential=\"no credential\"");
					assertThat(client.head(path).statusCode()).isEqualTo(200);
					assertThat(log.awaitAccessLine("method=HEAD")).contains("credential=\"no credential\"");
				}
			}
		}
	}

	private Path severalFor(TestRegistry registry, String entry) throws Exception {
		String host = registry.authority();
		return Files.writeString(this.directory.resolve("several.json"),
				"{\"auths\":{\"%s/acme/app\":{%s},\"%s/acme\":{%s},\"%s\":{%s}}}".formatted(host, entry.formatted("MQ"),
						host, entry.formatted("Mg"), host, entry.formatted("Mw")));
	}

	@Test
	void nobodyIsNobody() throws Exception {
		try (TestRegistry registry = filled(TestRegistry.open());
				RunningSluice sluice = RunningSluice.before(NAME, registry, this.directory.resolve("none"));
				TestClient client = TestClient.of(sluice.uri("").toString());
				LogCapture log = LogCapture.asUsersSeeIt()) {
			client.get(MANIFEST);
			assertThat(log.awaitAccessLine("status=200")).contains("credential=\"no credential\"");
		}
	}

	private static TestRegistry filled(TestRegistry registry) {
		return registry.push("acme/app", "1", TestImage.random());
	}

	private RunningSluice before(TestRegistry registry) {
		return RunningSluice.before(NAME, registry,
				RunningSluice.dockerConfig(this.directory, registry.authority(), "robot", "s3cret"));
	}

}
