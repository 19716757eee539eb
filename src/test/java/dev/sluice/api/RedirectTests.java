package dev.sluice.api;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;

import dev.sluice.testing.Matching;
import dev.sluice.testing.Misbehaviour;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.sluice.api.RedirectingUpstreams.BLOB;
import static dev.sluice.api.RedirectingUpstreams.BLOB_PATH;
import static dev.sluice.testing.TestClient.header;
import static dev.sluice.testing.TestClient.text;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Redirects of blobs: followed and bounded, or handed on.
 */
@Timeout(60)
class RedirectTests {

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

	@ParameterizedTest
	@ValueSource(ints = { 301, 302, 303, 307, 308 })
	void followsEveryKindOfRedirect(int status) throws Exception {
		upstreams.registry.redirectBlobsTo(upstreams.blobs, status);
		RedirectingUpstreams.assertServed(upstreams.client.get("/v2/follows.test" + BLOB_PATH));
	}

	@Test
	void followsFiveRedirects() throws Exception {
		upstreams.registry.redirectBlobsTo(upstreams.blobs.redirectChain(4, 302));
		RedirectingUpstreams.assertServed(upstreams.client.get("/v2/follows.test" + BLOB_PATH));
		assertThat(upstreams.blobs.requests().count()).isEqualTo(5);
	}

	@Test
	void givesUpAtTheSixthRedirect() throws Exception {
		upstreams.registry.redirectBlobsTo(upstreams.blobs.redirectChain(5, 302));
		HttpResponse<byte[]> answer = upstreams.client.get("/v2/follows.test" + BLOB_PATH);
		assertThat(answer.statusCode()).isEqualTo(502);
		assertThat(text(answer)).contains("follows.test redirects more than 5 times");
		assertThat(upstreams.blobs.requests().count()).isEqualTo(5);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/v2/acme/other/blobs/", "../../other/blobs/", "//127.0.0.1:%d/v2/acme/other/blobs/" })
	void followsARelativeLocationAtHome(String location) throws Exception {
		upstreams.registry.push("acme/other", BLOB);
		upstreams.registry.misbehave(Matching.get("/acme/app/blobs/"),
				Misbehaviour.redirect(307, location.formatted(upstreams.registry.port()) + BLOB.digest()));
		RedirectingUpstreams.assertServed(upstreams.client.get("/v2/follows.test" + BLOB_PATH));
		assertThat(upstreams.registry.requests().last().path()).contains("/acme/other/");
		assertThat(upstreams.registry.requests().last().has("Authorization")).isTrue();
	}

	@Test
	void repeatsAHeadThatTheSignedUrlRefuses() throws Exception {
		upstreams.registry.redirectBlobsTo(upstreams.blobs);
		HttpResponse<byte[]> answer = upstreams.client.head("/v2/follows.test" + BLOB_PATH);
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(header(answer, "Content-Length")).isEqualTo(Long.toString(BLOB.size()));
		assertThat(upstreams.blobs.requests().last().method()).isEqualTo("GET");
		assertThat(upstreams.blobs.requests().last().header("Range")).contains("bytes=0-0");
	}

	@Test
	void handsRedirectsToTheClientWhereToldTo() throws Exception {
		upstreams.registry.redirectBlobsTo(upstreams.blobs, 307);
		HttpResponse<byte[]> redirect = upstreams.client.get("/v2/passes.test" + BLOB_PATH);
		assertThat(redirect.statusCode()).isEqualTo(307);
		assertThat(header(redirect, "Location")).startsWith(upstreams.blobs.url());
		assertThat(header(redirect, "Content-Length")).isEqualTo("0");
		assertThat(upstreams.blobs.requests().count()).isZero();
		assertThat(upstreams.client.get(header(redirect, "Location")).body()).isEqualTo(BLOB.bytes());
	}

	@Test
	void handsARelativeRedirectToTheClientAsOneThatLeadsThere() throws Exception {
		upstreams.registry.misbehave(Matching.get("/acme/app/blobs/"),
				Misbehaviour.redirect(307, "/v2/acme/other/blobs/" + BLOB.digest()));
		HttpResponse<byte[]> redirect = upstreams.client.get("/v2/passes.test" + BLOB_PATH);
		assertThat(URI.create(header(redirect, "Location")))
			.isEqualTo(URI.create(upstreams.registry.url() + "/v2/acme/other/blobs/" + BLOB.digest()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "ftp://localhost/x", "file:///etc/passwd", "http://user:pw@localhost:1/", "http://",
			"not a url" })
	void refusesALocationThatIsNoHttpUrl(String location) throws Exception {
		upstreams.registry.misbehave(Matching.blobs(), Misbehaviour.redirect(307, location));
		HttpResponse<byte[]> answer = upstreams.client.get("/v2/follows.test" + BLOB_PATH);
		assertThat(answer.statusCode()).isEqualTo(502);
		assertThat(text(answer)).contains("UNAVAILABLE").doesNotContain("pw");
	}

	@ParameterizedTest
	@ValueSource(strings = { "javascript:alert(1)", "file:///etc/passwd", "http://user:pw@localhost:1/" })
	void handsNoLocationToTheClientThatIsNoHttpUrl(String location) throws Exception {
		upstreams.registry.misbehave(Matching.blobs(), Misbehaviour.redirect(307, location));
		HttpResponse<byte[]> answer = upstreams.client.get("/v2/passes.test" + BLOB_PATH);
		assertThat(answer.statusCode()).isEqualTo(502);
		assertThat(text(answer)).contains("UNAVAILABLE").doesNotContain("pw");
	}

}
