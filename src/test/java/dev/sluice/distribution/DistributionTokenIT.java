package dev.sluice.distribution;

import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

import dev.sluice.testing.RunningSluice;
import dev.sluice.testing.SignedTokenServer;
import dev.sluice.testing.TestClient;
import dev.sluice.testing.TestContent;
import dev.sluice.testing.TestImage;
import dev.sluice.testing.TestManifest;
import dev.sluice.testing.docker.NeedsDocker;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.junit.jupiter.Container;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A private registry with token authentication: it believes what the token server signs,
 * and Sluice gets those tokens.
 */
@NeedsDocker
class DistributionTokenIT {

	private static final TestImage IMAGE = TestImage.multiArch();

	private static final Duration LONG = Duration.ofMinutes(5);

	/** Distribution takes a token this long after it has expired. */
	private static final Duration LEEWAY = Duration.ofSeconds(60);

	@AutoClose
	private static final SignedTokenServer TOKENS = SignedTokenServer.start("robot", "s3cret");

	@Container
	private static final Distribution REGISTRY = Distribution.withTokensOf(TOKENS);

	@AutoClose
	private static final HttpClient CONNECTIONS = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	@AutoClose
	private static RunningSluice sluice;

	@BeforeAll
	static void start(@TempDir Path directory) throws Exception {
		Path config = Files.writeString(directory.resolve("config.json"), """
				{"auths":{"right.test":{"username":"robot","password":"s3cret"},
				          "wrong.test":{"username":"robot","password":"guess"}}}
				""");
		sluice = RunningSluice.start("sluice.upstreams[0].name=right.test",
				"sluice.upstreams[0].endpoints=" + REGISTRY.url(), "sluice.upstreams[0].credential-host=right.test",
				"sluice.upstreams[1].name=wrong.test", "sluice.upstreams[1].endpoints=" + REGISTRY.url(),
				"sluice.upstreams[1].credential-host=wrong.test", "sluice.credentials.docker-config=" + config);
	}

	@Test
	void pullsAPrivateImageWithOneToken() throws Exception {
		push("acme/whole");
		TOKENS.mayPull("acme/whole", later(), LONG);
		int before = TOKENS.exchanges();
		assertThat(through("right.test/acme/whole/manifests/1").body()).isEqualTo(IMAGE.manifest().bytes());
		for (TestManifest manifest : IMAGE.manifests()) {
			assertThat(through("right.test/acme/whole/manifests/" + manifest.digest()).body())
				.isEqualTo(manifest.bytes());
		}
		for (TestContent blob : IMAGE.blobs()) {
			assertThat(through("right.test/acme/whole/blobs/" + blob.digest()).body()).isEqualTo(blob.bytes());
		}
		assertThat(TestClient.text(through("right.test/acme/whole/tags/list"))).contains("\"1\"");
		assertThat(TOKENS.exchanges()).isEqualTo(before + 1);
	}

	@Test
	void answers403WhenThePasswordIsWrong() throws Exception {
		push("acme/guessed");
		TOKENS.mayPull("acme/guessed", later(), LONG);
		HttpResponse<byte[]> answer = through("wrong.test/acme/guessed/manifests/1");
		assertThat(answer.statusCode()).isEqualTo(403);
		assertThat(TestClient.text(answer)).contains("DENIED", "wrong.test").doesNotContain("guess\"");
	}

	@Test
	void answers403WhereTheTokenIsForNothingOrForAnotherRepository() throws Exception {
		push("acme/open");
		push("acme/secret");
		TOKENS.mayPull("acme/open", later(), LONG);
		assertThat(through("right.test/acme/open/manifests/1").statusCode()).isEqualTo(200);
		HttpResponse<byte[]> answer = through("right.test/acme/secret/manifests/1");
		assertThat(answer.statusCode()).isEqualTo(403);
		assertThat(TestClient.text(answer)).contains("DENIED", "acme/secret");
		String other = TOKENS.sign("acme/open", later(), "pull");
		assertThat(straight("acme/secret", other).statusCode()).isEqualTo(401);
	}

	@Test
	void exchangesAgainOnceTheStatedLifetimeIsOver() throws Exception {
		push("acme/short");
		TOKENS.mayPull("acme/short", later(), Duration.ofSeconds(1));
		assertThat(through("right.test/acme/short/manifests/1").statusCode()).isEqualTo(200);
		int first = TOKENS.exchanges();
		Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
			assertThat(through("right.test/acme/short/manifests/1").statusCode()).isEqualTo(200);
			assertThat(TOKENS.exchanges()).isGreaterThan(first);
		});
	}

	@Test
	void exchangesAgainWhenTheRegistryRefusesATokenAsExpired() throws Exception {
		push("acme/expired");
		String token = TOKENS.mayPull("acme/expired", Instant.now().minus(LEEWAY).plusSeconds(4), LONG);
		assertThat(through("right.test/acme/expired/manifests/1").statusCode()).isEqualTo(200);
		int first = TOKENS.exchanges();
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> straight("acme/expired", token).statusCode() == 401);
		TOKENS.mayPull("acme/expired", later(), LONG);
		assertThat(through("right.test/acme/expired/manifests/1").statusCode()).isEqualTo(200);
		assertThat(TOKENS.exchanges()).isEqualTo(first + 1);
	}

	private static Instant later() {
		return Instant.now().plus(LONG);
	}

	private static void push(String repository) throws Exception {
		String token = TOKENS.sign(repository, later(), "pull", "push");
		new Pusher(CONNECTIONS, REGISTRY.url(), "Bearer " + token).push(repository, IMAGE, "1");
	}

	private static HttpResponse<byte[]> straight(String repository, String token) throws Exception {
		return client(REGISTRY.url()).get("/v2/" + repository + "/manifests/1", "Accept", TestManifest.OCI_INDEX,
				"Authorization", "Bearer " + token);
	}

	private static HttpResponse<byte[]> through(String path) throws Exception {
		return client(sluice.uri("").toString()).get("/v2/" + path);
	}

	@SuppressWarnings("resource")
	private static TestClient client(String url) {
		return TestClient.of(url, CONNECTIONS);
	}

}
