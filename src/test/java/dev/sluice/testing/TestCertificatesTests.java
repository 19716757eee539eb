package dev.sluice.testing;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;

import javax.net.ssl.SSLContext;

import io.netty.handler.ssl.SslContextBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Proves that servers speak TLS with certificates made by {@link TestCertificates}.
 */
@Timeout(60)
class TestCertificatesTests {

	@TempDir
	private Path directory;

	@Test
	void isTrustedByWhoTrustsTheAuthorityOnly() throws Exception {
		TestCertificates certificates = TestCertificates.in(this.directory);
		try (TestRegistry registry = TestRegistry.open(Listener.localhost().secured(certificates.server()));
				TestClient trusting = client(registry, certificates.trusting());
				TestClient stranger = TestClient.of(registry.url())) {
			assertThat(registry.url()).startsWith("https://localhost:");
			assertThat(trusting.get("/v2/").statusCode()).isEqualTo(200);
			assertThat(trusting.get("https://127.0.0.1:" + registry.port() + "/v2/").statusCode()).isEqualTo(200);
			assertThatExceptionOfType(IOException.class).isThrownBy(() -> stranger.get("/v2/"));
			assertThat(registry.requests().count()).isEqualTo(2);
		}
	}

	@Test
	void requiresClientCertificateWhenTold() throws Exception {
		TestCertificates certificates = TestCertificates.in(this.directory);
		Listener listener = Listener.localhost().secured(certificates.serverRequiringClientCertificate());
		try (TestRegistry registry = TestRegistry.open(listener);
				TestClient known = client(registry, certificates.trustingWithClientCertificate());
				TestClient unknown = client(registry, certificates.trusting())) {
			assertThat(known.get("/v2/").statusCode()).isEqualTo(200);
			assertThatExceptionOfType(IOException.class).isThrownBy(() -> unknown.get("/v2/"));
			assertThat(registry.requests().count()).isOne();
		}
	}

	@Test
	void writesPemFilesThatOthersCanRead() throws Exception {
		TestCertificates certificates = TestCertificates.in(this.directory, "registry.example");
		assertThat(Files.readString(certificates.authorityFile())).startsWith("-----BEGIN CERTIFICATE-----");
		assertThat(SslContextBuilder.forClient()
			.trustManager(certificates.authorityFile().toFile())
			.keyManager(certificates.clientCertificateFile().toFile(), certificates.clientKeyFile().toFile())
			.build()
			.isClient()).isTrue();
	}

	private static TestClient client(TestRegistry registry, SSLContext tls) {
		return TestClient.of(registry.url(),
				HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).sslContext(tls).build());
	}

}
