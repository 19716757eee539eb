package dev.sluice.testing;

import java.net.http.HttpResponse;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static dev.sluice.testing.TestClient.header;
import static dev.sluice.testing.TestClient.text;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Proves that {@link BlobHost} is as strict as the object stores behind registries.
 */
@Timeout(60)
class BlobHostTests {

	private final TestContent blob = TestContent.random(100_000);

	private BlobHost host;

	private TestRegistry registry;

	private TestClient client;

	@BeforeEach
	void start() {
		this.host = BlobHost.start();
		this.registry = TestRegistry.open().push("acme/app", this.blob).redirectBlobsTo(this.host);
		this.client = TestClient.of(this.registry.url());
	}

	@AfterEach
	void stop() {
		this.client.close();
		this.registry.close();
		this.host.close();
	}

	@Test
	void servesSignedUrlOnAnotherHost() throws Exception {
		HttpResponse<byte[]> redirect = askRegistry();
		assertThat(redirect.statusCode()).isEqualTo(307);
		assertThat(header(redirect, "Location")).startsWith("http://localhost:" + this.host.port() + "/");
		assertThat(this.client.get(header(redirect, "Location")).body()).isEqualTo(this.blob.bytes());
		assertThat(this.client.head("/v2/acme/app/blobs/" + this.blob.digest()).statusCode()).isEqualTo(307);
	}

	@Test
	void refusesAnyAuthorization() throws Exception {
		HttpResponse<byte[]> refused = this.client.get(location(), "Authorization", "Bearer token");
		assertThat(refused.statusCode()).isEqualTo(400);
		assertThat(header(refused, "Content-Type")).isEqualTo("application/xml");
		assertThat(text(refused)).contains("InvalidArgument").contains("Only one auth mechanism allowed");
		assertThat(this.host.requests().count(Matching.authorized())).isOne();
	}

	@Test
	void refusesHeadUnsignedAndExpiredUrls() throws Exception {
		String location = location();
		assertThat(this.client.head(location).statusCode()).isEqualTo(403);
		assertThat(this.client.get(location + "0").statusCode()).isEqualTo(403);
		assertThat(this.client.get(location.replaceAll("\\?.*", "")).statusCode()).isEqualTo(403);
		this.host.expireUrls();
		assertThat(this.client.get(location).statusCode()).isEqualTo(403);
	}

	@Test
	void honoursRange() throws Exception {
		HttpResponse<byte[]> part = this.client.get(location(), "Range", "bytes=99990-");
		assertThat(part.statusCode()).isEqualTo(206);
		assertThat(part.body()).hasSize(10);
		assertThat(header(part, "Content-Range")).isEqualTo("bytes 99990-99999/100000");
	}

	@Test
	void redirectsAsOftenAsTold() throws Exception {
		this.host.redirectChain(3, 302);
		String location = location();
		for (int hop = 0; hop < 3; hop++) {
			HttpResponse<byte[]> redirect = this.client.get(location);
			assertThat(redirect.statusCode()).isEqualTo(302);
			location = header(redirect, "Location");
		}
		assertThat(this.client.get(location).body()).isEqualTo(this.blob.bytes());
	}

	@Test
	void redirectsToAnotherHostWhenTold() throws Exception {
		try (BlobHost other = BlobHost.start(Listener.loopback())) {
			this.host.redirectTo(other, 303);
			HttpResponse<byte[]> redirect = this.client.get(location());
			assertThat(redirect.statusCode()).isEqualTo(303);
			assertThat(header(redirect, "Location")).startsWith(other.url());
			assertThat(this.client.get(header(redirect, "Location")).body()).isEqualTo(this.blob.bytes());
		}
	}

	private String location() throws Exception {
		return header(askRegistry(), "Location");
	}

	private HttpResponse<byte[]> askRegistry() throws Exception {
		return this.client.get("/v2/acme/app/blobs/" + this.blob.digest());
	}

}
