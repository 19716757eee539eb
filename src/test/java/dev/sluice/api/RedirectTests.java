package dev.sluice.api;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.sluice.testing.BlobHost;
import dev.sluice.testing.Listener;
import dev.sluice.testing.Matching;
import dev.sluice.testing.Misbehaviour;
import dev.sluice.testing.RecordedRequest;
import dev.sluice.testing.RunningSluice;
import dev.sluice.testing.TestCertificates;
import dev.sluice.testing.TestClient;
import dev.sluice.testing.TestContent;
import dev.sluice.testing.TestRegistry;
import dev.sluice.testing.TokenServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.sluice.testing.TestClient.header;
import static dev.sluice.testing.TestClient.text;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Redirects of blobs: followed, bounded, and never with what belongs to the registry.
 */
@Timeout(60)
class RedirectTests {

	private static final TestContent BLOB = TestContent.generated(100_000, 5);

	private static final String BLOB_PATH = "/acme/app/blobs/" + BLOB.digest();

	private static final TestRegistry REGISTRY = TestRegistry.basic("robot", "s3cret").push("acme/app", BLOB);

	private static final BlobHost BLOBS = BlobHost.start();

	private static TestCertificates certificates;

	private static TestRegistry secured;

	private static RunningSluice sluice;

	private static TestClient client;

	@BeforeAll
	static void start(@TempDir Path directory) throws Exception {
		certificates = TestCertificates.in(directory);
		secured = TestRegistry
			.basic("robot", "s3cret", Listener.localhost().secured(certificates.serverRequiringClientCertificate()))
			.push("acme/app", BLOB);
		String login = "{\"username\":\"robot\",\"password\":\"s3cret\"}";
		Path config = Files.writeString(directory.resolve("config.json"),
				"{\"auths\":{\"%s\":%s,\"%s\":%s},\"HttpHeaders\":{\"X-Docker-Config\":\"config-header\"}}"
					.formatted(REGISTRY.authority(), login, secured.authority(), login));
		sluice = RunningSluice.start("sluice.credentials.docker-config=" + config,
				"sluice.upstreams[0].name=follows.test", "sluice.upstreams[0].endpoints=" + REGISTRY.url(),
				"sluice.upstreams[0].headers.X-Extra=extra-header", "sluice.upstreams[1].name=passes.test",
				"sluice.upstreams[1].endpoints=" + REGISTRY.url(), "sluice.upstreams[1].redirects=pass",
				"sluice.upstreams[2].name=secured.test", "sluice.upstreams[2].endpoints=" + secured.url(),
				"sluice.upstreams[2].tls.certificate-authority=" + certificates.authorityFile(),
				"sluice.upstreams[2].tls.certificate=" + certificates.clientCertificateFile(),
				"sluice.upstreams[2].tls.key=" + certificates.clientKeyFile());
		client = TestClient.of(sluice.uri("").toString());
	}

	@AfterAll
	static void stop() {
		client.close();
		sluice.close();
		secured.close();
		REGISTRY.close();
		BLOBS.close();
	}

	@AfterEach
	void behave() {
		REGISTRY.behave();
		secured.behave();
		BLOBS.behave();
		BLOBS.redirectChain(0, 302);
		BLOBS.requests().clear();
	}

	@ParameterizedTest
	@ValueSource(ints = { 301, 302, 303, 307, 308 })
	void followsEveryKindOfRedirect(int status) throws Exception {
		REGISTRY.redirectBlobsTo(BLOBS, status);
		assertServed(client.get("/v2/follows.test" + BLOB_PATH));
	}

	@Test
	void followsFiveRedirects() throws Exception {
		REGISTRY.redirectBlobsTo(BLOBS.redirectChain(4, 302));
		assertServed(client.get("/v2/follows.test" + BLOB_PATH));
		assertThat(BLOBS.requests().count()).isEqualTo(5);
	}

	@Test
	void givesUpAtTheSixthRedirect() throws Exception {
		REGISTRY.redirectBlobsTo(BLOBS.redirectChain(5, 302));
		HttpResponse<byte[]> answer = client.get("/v2/follows.test" + BLOB_PATH);
		assertThat(answer.statusCode()).isEqualTo(502);
		assertThat(text(answer)).contains("follows.test redirects more than 5 times");
		assertThat(BLOBS.requests().count()).isEqualTo(5);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/v2/acme/other/blobs/", "../../other/blobs/", "//127.0.0.1:%d/v2/acme/other/blobs/" })
	void followsARelativeLocationAtHome(String location) throws Exception {
		REGISTRY.push("acme/other", BLOB);
		REGISTRY.misbehave(Matching.get("/acme/app/blobs/"),
				Misbehaviour.redirect(307, location.formatted(REGISTRY.port()) + BLOB.digest()));
		assertServed(client.get("/v2/follows.test" + BLOB_PATH));
		assertThat(REGISTRY.requests().last().path()).contains("/acme/other/");
		assertThat(REGISTRY.requests().last().has("Authorization")).isTrue();
	}

	@Test
	void sendsRangeAlongAndNothingThatBelongsToTheRegistry() throws Exception {
		REGISTRY.redirectBlobsTo(BLOBS);
		HttpResponse<byte[]> answer = client.get("/v2/follows.test" + BLOB_PATH, "Range", "bytes=10-19");
		assertThat(answer.statusCode()).isEqualTo(206);
		assertThat(answer.body()).isEqualTo(BLOB.source().read(10, 10));
		RecordedRequest home = REGISTRY.requests().last();
		assertThat(home.header("X-Docker-Config")).contains("config-header");
		assertThat(home.header("X-Extra")).contains("extra-header");
		assertThat(home.has("Authorization")).isTrue();
		RecordedRequest away = BLOBS.requests().last();
		assertThat(away.header("Range")).contains("bytes=10-19");
		assertThat(away.headers()).doesNotContainKeys("Authorization", "X-Docker-Config", "X-Extra", "Cookie");
	}

	@Test
	void repeatsAHeadThatTheSignedUrlRefuses() throws Exception {
		REGISTRY.redirectBlobsTo(BLOBS);
		HttpResponse<byte[]> answer = client.head("/v2/follows.test" + BLOB_PATH);
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(header(answer, "Content-Length")).isEqualTo(Long.toString(BLOB.size()));
		assertThat(BLOBS.requests().last().method()).isEqualTo("GET");
		assertThat(BLOBS.requests().last().header("Range")).contains("bytes=0-0");
	}

	@Test
	void neverLeavesHttpsForHttp() throws Exception {
		secured.redirectBlobsTo(BLOBS);
		HttpResponse<byte[]> answer = client.get("/v2/secured.test" + BLOB_PATH);
		assertThat(answer.statusCode()).isEqualTo(502);
		assertThat(text(answer)).contains("https is never left for http");
		assertThat(BLOBS.requests().count()).isZero();
	}

	@Test
	void showsItsClientCertificateToTheRegistryAlone(@TempDir Path directory) throws Exception {
		TestCertificates others = TestCertificates.in(directory, "others.test");
		try (BlobHost demanding = BlobHost
			.start(Listener.named("127.0.0.1").secured(others.serverRequiringClientCertificate()))) {
			secured.redirectBlobsTo(demanding);
			assertThat(client.get("/v2/secured.test" + BLOB_PATH).statusCode()).isEqualTo(502);
			assertThat(demanding.requests().count()).isZero();
		}
	}

	@Test
	void handsRedirectsToTheClientWhereToldTo() throws Exception {
		REGISTRY.redirectBlobsTo(BLOBS, 307);
		HttpResponse<byte[]> redirect = client.get("/v2/passes.test" + BLOB_PATH);
		assertThat(redirect.statusCode()).isEqualTo(307);
		assertThat(header(redirect, "Location")).startsWith(BLOBS.url());
		assertThat(header(redirect, "Content-Length")).isEqualTo("0");
		assertThat(BLOBS.requests().count()).isZero();
		assertThat(client.get(header(redirect, "Location")).body()).isEqualTo(BLOB.bytes());
	}

	@Test
	void handsARelativeRedirectToTheClientAsOneThatLeadsThere() throws Exception {
		REGISTRY.misbehave(Matching.get("/acme/app/blobs/"),
				Misbehaviour.redirect(307, "/v2/acme/other/blobs/" + BLOB.digest()));
		HttpResponse<byte[]> redirect = client.get("/v2/passes.test" + BLOB_PATH);
		assertThat(URI.create(header(redirect, "Location")))
			.isEqualTo(URI.create(REGISTRY.url() + "/v2/acme/other/blobs/" + BLOB.digest()));
	}

	@Test
	void answersAChallengeOfAnotherHostAnonymously() throws Exception {
		try (TokenServer tokens = TokenServer.start().user("robot", "s3cret", "*").anonymousMayPull("acme/app");
				TestRegistry other = TestRegistry.token(tokens, Listener.localhost()).push("acme/app", BLOB)) {
			REGISTRY.misbehave(Matching.blobs(), Misbehaviour.redirect(307, other.url() + "/v2" + BLOB_PATH));
			assertServed(client.get("/v2/follows.test" + BLOB_PATH));
			assertThat(tokens.exchanges()).isEqualTo(1);
			assertThat(tokens.requests().count(Matching.authorized())).isZero();
			assertThat(tokens.requests().last().toString() + tokens.requests().last().query()
					+ tokens.requests().last().body())
				.doesNotContain("robot", "s3cret");
		}
	}

	@Test
	void sendsNoBasicLoginToAnotherHostThatAsksForOne() throws Exception {
		try (TestRegistry other = TestRegistry.basic("robot", "s3cret", Listener.localhost()).push("acme/app", BLOB)) {
			REGISTRY.misbehave(Matching.blobs(), Misbehaviour.redirect(307, other.url() + "/v2" + BLOB_PATH));
			HttpResponse<byte[]> answer = client.get("/v2/follows.test" + BLOB_PATH);
			assertThat(answer.statusCode()).isEqualTo(403);
			assertThat(text(answer)).doesNotContain("log in again");
			assertThat(other.requests().count(Matching.authorized())).isZero();
		}
	}

	@ParameterizedTest
	@CsvSource({ "400,502", "403,403", "404,404", "429,429", "503,502" })
	void saysThatAnotherHostAnswered(int status, int told) throws Exception {
		try (TestRegistry other = TestRegistry.open(Listener.localhost())) {
			other.misbehave(Matching.any(), Misbehaviour.status(status));
			REGISTRY.misbehave(Matching.blobs(), Misbehaviour.redirect(307, other.url() + "/signed?by=them"));
			HttpResponse<byte[]> answer = client.get("/v2/follows.test" + BLOB_PATH);
			assertThat(answer.statusCode()).isEqualTo(told);
			assertThat(text(answer))
				.contains("follows.test redirected to " + other.url() + ", which answered " + status)
				.doesNotContain("asked as", "signed", "by=them");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/v2/acme/other/blobs/", "/v2/acme/further/blobs/" })
	void asksAsAStrangerWhateverAnotherHostHasNamedTheRegistryToo(String path) throws Exception {
		REGISTRY.push("acme/other", BLOB);
		REGISTRY.misbehave(Matching.path("/acme/further/"),
				Misbehaviour.redirect(307, REGISTRY.url() + "/v2/acme/other/blobs/" + BLOB.digest()));
		try (TestRegistry other = TestRegistry.open(Listener.localhost())) {
			other.misbehave(Matching.any(), Misbehaviour.redirect(307, REGISTRY.url() + path + BLOB.digest()));
			REGISTRY.misbehave(Matching.path("/acme/app/"), Misbehaviour.redirect(307, other.url() + "/elsewhere"));
			HttpResponse<byte[]> answer = client.get("/v2/follows.test" + BLOB_PATH);
			assertThat(answer.statusCode()).isEqualTo(403);
			assertThat(text(answer)).contains("redirected to " + REGISTRY.url(), "no login is sent")
				.doesNotContain("log in again", "asked as");
			assertThat(REGISTRY.requests().last().path()).contains("/acme/other/");
			assertThat(REGISTRY.requests().matching(Matching.path("/acme/app/").negate()))
				.filteredOn((request) -> !request.path().equals("/v2/"))
				.isNotEmpty()
				.allSatisfy((request) -> assertThat(request.headers()).doesNotContainKeys("Authorization",
						"X-Docker-Config", "X-Extra"));
		}
	}

	@Test
	void answersNoChallengeOfTheRegistryThatAnotherHostHasNamed() throws Exception {
		try (TokenServer tokens = TokenServer.start().user("robot", "s3cret", "*");
				TestRegistry other = TestRegistry.open(Listener.localhost())) {
			REGISTRY.misbehave(Matching.path("/stolen"), Misbehaviour.status(401));
			REGISTRY.misbehave(Matching.path("/stolen"),
					Misbehaviour.challenges("Bearer realm=\"" + tokens.realm() + "\",service=\"test-registry\""));
			other.misbehave(Matching.any(), Misbehaviour.redirect(307, REGISTRY.url() + "/stolen"));
			REGISTRY.misbehave(Matching.path("/acme/app/"), Misbehaviour.redirect(307, other.url() + "/elsewhere"));
			assertThat(client.get("/v2/follows.test" + BLOB_PATH).statusCode()).isEqualTo(403);
			assertThat(tokens.requests().all())
				.allSatisfy((request) -> assertThat(request.toString() + request.query() + request.headers())
					.doesNotContain("robot", "s3cret", "Authorization"));
		}
	}

	@Test
	void showsNoClientCertificateToTheRegistryThatAnotherHostHasNamed() throws Exception {
		try (TestRegistry other = TestRegistry.open(Listener.named("127.0.0.1").secured(certificates.server()))) {
			other.misbehave(Matching.any(),
					Misbehaviour.redirect(307, secured.url() + "/v2/acme/other/blobs/" + BLOB.digest()));
			secured.misbehave(Matching.path("/acme/app/"), Misbehaviour.redirect(307, other.url() + "/elsewhere"));
			secured.requests().clear();
			assertThat(client.get("/v2/secured.test" + BLOB_PATH).statusCode()).isEqualTo(502);
			assertThat(other.requests().count()).isEqualTo(1);
			assertThat(secured.requests().matching(Matching.path("/acme/other/"))).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "ftp://localhost/x", "file:///etc/passwd", "http://user:pw@localhost:1/", "http://",
			"not a url" })
	void refusesALocationThatIsNoHttpUrl(String location) throws Exception {
		REGISTRY.misbehave(Matching.blobs(), Misbehaviour.redirect(307, location));
		HttpResponse<byte[]> answer = client.get("/v2/follows.test" + BLOB_PATH);
		assertThat(answer.statusCode()).isEqualTo(502);
		assertThat(text(answer)).contains("UNAVAILABLE").doesNotContain("pw");
	}

	@ParameterizedTest
	@ValueSource(strings = { "javascript:alert(1)", "file:///etc/passwd", "http://user:pw@localhost:1/" })
	void handsNoLocationToTheClientThatIsNoHttpUrl(String location) throws Exception {
		REGISTRY.misbehave(Matching.blobs(), Misbehaviour.redirect(307, location));
		HttpResponse<byte[]> answer = client.get("/v2/passes.test" + BLOB_PATH);
		assertThat(answer.statusCode()).isEqualTo(502);
		assertThat(text(answer)).contains("UNAVAILABLE").doesNotContain("pw");
	}

	private static void assertServed(HttpResponse<byte[]> answer) {
		assertThat(answer.statusCode()).as(text(answer).substring(0, Math.min(200, text(answer).length())))
			.isEqualTo(200);
		assertThat(answer.body()).isEqualTo(BLOB.bytes());
	}

}
