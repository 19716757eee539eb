package dev.sluice.api;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.sluice.testing.BlobHost;
import dev.sluice.testing.Listener;
import dev.sluice.testing.RunningSluice;
import dev.sluice.testing.TestCertificates;
import dev.sluice.testing.TestClient;
import dev.sluice.testing.TestContent;
import dev.sluice.testing.TestRegistry;

import static dev.sluice.testing.TestClient.text;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sluice before two registries that have a blob and may redirect to a host of blobs. One
 * is {@code follows.test} and, where redirects are passed on, {@code passes.test}; the
 * other, {@code secured.test}, wants a client certificate.
 */
final class RedirectingUpstreams implements AutoCloseable {

	static final TestContent BLOB = TestContent.generated(100_000, 5);

	static final String BLOB_PATH = "/acme/app/blobs/" + BLOB.digest();

	final TestRegistry registry = TestRegistry.basic("robot", "s3cret").push("acme/app", BLOB);

	final BlobHost blobs = BlobHost.start();

	final TestCertificates certificates;

	final TestRegistry secured;

	final TestClient client;

	private final RunningSluice sluice;

	private RedirectingUpstreams(Path directory) throws Exception {
		this.certificates = TestCertificates.in(directory);
		this.secured = TestRegistry
			.basic("robot", "s3cret",
					Listener.localhost().secured(this.certificates.serverRequiringClientCertificate()))
			.push("acme/app", BLOB);
		String login = "{\"username\":\"robot\",\"password\":\"s3cret\"}";
		Path config = Files.writeString(directory.resolve("config.json"),
				"{\"auths\":{\"%s\":%s,\"%s\":%s},\"HttpHeaders\":{\"X-Docker-Config\":\"config-header\"}}"
					.formatted(this.registry.authority(), login, this.secured.authority(), login));
		this.sluice = RunningSluice.start("sluice.credentials.docker-config=" + config,
				"sluice.upstreams[0].name=follows.test", "sluice.upstreams[0].endpoints=" + this.registry.url(),
				"sluice.upstreams[0].headers.X-Extra=extra-header", "sluice.upstreams[1].name=passes.test",
				"sluice.upstreams[1].endpoints=" + this.registry.url(), "sluice.upstreams[1].redirects=pass",
				"sluice.upstreams[2].name=secured.test", "sluice.upstreams[2].endpoints=" + this.secured.url(),
				"sluice.upstreams[2].tls.certificate-authority=" + this.certificates.authorityFile(),
				"sluice.upstreams[2].tls.certificate=" + this.certificates.clientCertificateFile(),
				"sluice.upstreams[2].tls.key=" + this.certificates.clientKeyFile());
		this.client = TestClient.of(this.sluice.uri("").toString());
	}

	static RedirectingUpstreams start(Path directory) throws Exception {
		return new RedirectingUpstreams(directory);
	}

	/** Forgets what a test told them, and what the host of blobs was asked. */
	void behave() {
		this.registry.behave();
		this.secured.behave();
		this.blobs.behave();
		this.blobs.redirectChain(0, 302);
		this.blobs.requests().clear();
	}

	static void assertServed(HttpResponse<byte[]> answer) {
		assertThat(answer.statusCode()).as(text(answer).substring(0, Math.min(200, text(answer).length())))
			.isEqualTo(200);
		assertThat(answer.body()).isEqualTo(BLOB.bytes());
	}

	@Override
	public void close() {
		this.client.close();
		this.sluice.close();
		this.secured.close();
		this.registry.close();
		this.blobs.close();
	}

}
