package dev.sluice.api;

import java.net.http.HttpResponse;
import java.nio.file.Path;

import dev.sluice.testing.BlobHost;
import dev.sluice.testing.Listener;
import dev.sluice.testing.Matching;
import dev.sluice.testing.Misbehaviour;
import dev.sluice.testing.RecordedRequest;
import dev.sluice.testing.TestCertificates;
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

import static dev.sluice.api.RedirectingUpstreams.BLOB;
import static dev.sluice.api.RedirectingUpstreams.BLOB_PATH;
import static dev.sluice.testing.TestClient.header;
import static dev.sluice.testing.TestClient.text;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What belongs to a registry goes to nobody whom it redirects to, and what they say is
 * said of them.
 */
@Timeout(60)
class RedirectSecrecyTests {

	private static RedirectingUpstreams upstreams;

	@BeforeAll
	static void start(@TempDir Path directory) throws Exception {
		upstreams = RedirectingUpstreams.start(directory);
	}

	@AfterAll
	static void stop() {
		upstreams.close();
	}

	@AfterEach
	void behave() {
		upstreams.behave();
	}

	@Test
	void sendsRangeAlongAndNothingThatBelongsToTheRegistry() throws Exception {
		upstreams.registry.redirectBlobsTo(upstreams.blobs);
		HttpResponse<byte[]> answer = upstreams.client.get("/v2/follows.test" + BLOB_PATH, "Range", "bytes=10-19");
		assertThat(answer.statusCode()).isEqualTo(206);
		assertThat(answer.body()).isEqualTo(BLOB.source().read(10, 10));
		RecordedRequest home = upstreams.registry.requests().last();
		assertThat(home.header("X-Docker-Config")).contains("config-header");
		assertThat(home.header("X-Extra")).contains("extra-header");
		assertThat(home.has("Authorization")).isTrue();
		RecordedRequest away = upstreams.blobs.requests().last();
		assertThat(away.header("Range")).contains("bytes=10-19");
		assertThat(away.headers()).doesNotContainKeys("Authorization", "X-Docker-Config", "X-Extra", "Cookie");
	}

	@Test
	void neverLeavesHttpsForHttp() throws Exception {
		upstreams.secured.redirectBlobsTo(upstreams.blobs);
		HttpResponse<byte[]> answer = upstreams.client.get("/v2/secured.test" + BLOB_PATH);
		assertThat(answer.statusCode()).isEqualTo(502);
		assertThat(text(answer)).contains("https is never left for http");
		assertThat(upstreams.blobs.requests().count()).isZero();
	}

	@Test
	void showsItsClientCertificateToTheRegistryAlone(@TempDir Path directory) throws Exception {
		TestCertificates others = TestCertificates.in(directory, "others.test");
		try (BlobHost demanding = BlobHost
			.start(Listener.named("127.0.0.1").secured(others.serverRequiringClientCertificate()))) {
			upstreams.secured.redirectBlobsTo(demanding);
			assertThat(upstreams.client.get("/v2/secured.test" + BLOB_PATH).statusCode()).isEqualTo(502);
			assertThat(demanding.requests().count()).isZero();
		}
	}

	@Test
	void answersAChallengeOfAnotherHostAnonymously() throws Exception {
		try (TokenServer tokens = TokenServer.start().user("robot", "s3cret", "*").anonymousMayPull("acme/app");
				TestRegistry other = TestRegistry.token(tokens, Listener.localhost()).push("acme/app", BLOB)) {
			upstreams.registry.misbehave(Matching.blobs(), Misbehaviour.redirect(307, other.url() + "/v2" + BLOB_PATH));
			RedirectingUpstreams.assertServed(upstreams.client.get("/v2/follows.test" + BLOB_PATH));
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
			upstreams.registry.misbehave(Matching.blobs(), Misbehaviour.redirect(307, other.url() + "/v2" + BLOB_PATH));
			HttpResponse<byte[]> answer = upstreams.client.get("/v2/follows.test" + BLOB_PATH);
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
			upstreams.registry.misbehave(Matching.blobs(), Misbehaviour.redirect(307, other.url() + "/signed?by=them"));
			HttpResponse<byte[]> answer = upstreams.client.get("/v2/follows.test" + BLOB_PATH);
			assertThat(answer.statusCode()).isEqualTo(told);
			assertThat(text(answer))
				.contains("follows.test redirected to " + other.url() + ", which answered " + status)
				.doesNotContain("asked as", "signed", "by=them");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/v2/acme/other/blobs/", "/v2/acme/further/blobs/" })
	void asksAsAStrangerWhateverAnotherHostHasNamedTheRegistryToo(String path) throws Exception {
		upstreams.registry.push("acme/other", BLOB);
		upstreams.registry.misbehave(Matching.path("/acme/further/"),
				Misbehaviour.redirect(307, upstreams.registry.url() + "/v2/acme/other/blobs/" + BLOB.digest()));
		try (TestRegistry other = TestRegistry.open(Listener.localhost())) {
			other.misbehave(Matching.any(),
					Misbehaviour.redirect(307, upstreams.registry.url() + path + BLOB.digest()));
			upstreams.registry.misbehave(Matching.path("/acme/app/"),
					Misbehaviour.redirect(307, other.url() + "/elsewhere"));
			HttpResponse<byte[]> answer = upstreams.client.get("/v2/follows.test" + BLOB_PATH);
			assertThat(answer.statusCode()).isEqualTo(403);
			assertThat(text(answer)).contains("redirected to " + upstreams.registry.url(), "no login is sent")
				.doesNotContain("log in again", "asked as");
			assertThat(upstreams.registry.requests().last().path()).contains("/acme/other/");
			assertThat(upstreams.registry.requests().matching(Matching.path("/acme/app/").negate()))
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
			upstreams.registry.misbehave(Matching.path("/stolen"), Misbehaviour.status(401));
			upstreams.registry.misbehave(Matching.path("/stolen"),
					Misbehaviour.challenges("Bearer realm=\"" + tokens.realm() + "\",service=\"test-registry\""));
			other.misbehave(Matching.any(), Misbehaviour.redirect(307, upstreams.registry.url() + "/stolen"));
			upstreams.registry.misbehave(Matching.path("/acme/app/"),
					Misbehaviour.redirect(307, other.url() + "/elsewhere"));
			assertThat(upstreams.client.get("/v2/follows.test" + BLOB_PATH).statusCode()).isEqualTo(403);
			assertThat(tokens.requests().all())
				.allSatisfy((request) -> assertThat(request.toString() + request.query() + request.headers())
					.doesNotContain("robot", "s3cret", "Authorization"));
		}
	}

	@Test
	void showsNoClientCertificateToTheRegistryThatAnotherHostHasNamed() throws Exception {
		try (TestRegistry other = TestRegistry
			.open(Listener.named("127.0.0.1").secured(upstreams.certificates.server()))) {
			other.misbehave(Matching.any(),
					Misbehaviour.redirect(307, upstreams.secured.url() + "/v2/acme/other/blobs/" + BLOB.digest()));
			upstreams.secured.misbehave(Matching.path("/acme/app/"),
					Misbehaviour.redirect(307, other.url() + "/elsewhere"));
			upstreams.secured.requests().clear();
			assertThat(upstreams.client.get("/v2/secured.test" + BLOB_PATH).statusCode()).isEqualTo(502);
			assertThat(other.requests().count()).isEqualTo(1);
			assertThat(upstreams.secured.requests().matching(Matching.path("/acme/other/"))).isEmpty();
		}
	}

}
