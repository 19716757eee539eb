package dev.sluice.login;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import dev.sluice.testing.Listener;
import dev.sluice.testing.RunningSluice;
import dev.sluice.testing.SecretMount;
import dev.sluice.testing.TestCertificates;
import dev.sluice.testing.TestClient;
import dev.sluice.testing.TestImage;
import dev.sluice.testing.TestRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client certificate that cert-manager renews in a mounted secret, under a new
 * authority, takes effect on pulls without a restart.
 */
class CertificateRotationTests {

	@Test
	void renewedSecretTakesEffectOnPulls(@TempDir Path directory) throws Exception {
		TestCertificates old = TestCertificates.in(Files.createDirectory(directory.resolve("old")));
		TestCertificates renewed = TestCertificates.in(Files.createDirectory(directory.resolve("renewed")));
		Path mount = directory.resolve("mount");
		SecretMount secret = SecretMount.at(mount).write(contentOf(old));
		try (TestRegistry registry = TestRegistry
			.open(Listener.localhost().secured(renewed.serverRequiringClientCertificate()))
			.push("acme/app", "1", TestImage.random());
				RunningSluice sluice = RunningSluice.start("sluice.upstreams[0].name=registry.test",
						"sluice.upstreams[0].endpoints=" + registry.url(),
						"sluice.upstreams[0].tls.certificate-authority=" + mount.resolve("ca.crt"),
						"sluice.upstreams[0].tls.certificate=" + mount.resolve("tls.crt"),
						"sluice.upstreams[0].tls.key=" + mount.resolve("tls.key"));
				TestClient client = TestClient.of(sluice.uri("").toString())) {
			assertThat(status(client)).isEqualTo(502);
			secret.write(contentOf(renewed));
			Awaitility.await()
				.pollInterval(Duration.ofMillis(50))
				.atMost(Duration.ofSeconds(30))
				.untilAsserted(() -> assertThat(status(client)).isEqualTo(200));
		}
	}

	private static Map<String, String> contentOf(TestCertificates certificates) throws IOException {
		return Map.of("ca.crt", Files.readString(certificates.authorityFile()), "tls.crt",
				Files.readString(certificates.clientCertificateFile()), "tls.key",
				Files.readString(certificates.clientKeyFile()));
	}

	private static int status(TestClient client) throws Exception {
		return client.get("/v2/registry.test/acme/app/manifests/1").statusCode();
	}

}
