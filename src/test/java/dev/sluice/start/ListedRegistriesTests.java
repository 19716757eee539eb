package dev.sluice.start;

import java.nio.file.Path;

import dev.sluice.testing.RunningSluice;
import dev.sluice.testing.TestClient;
import dev.sluice.testing.TestImage;
import dev.sluice.testing.TestRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static dev.sluice.testing.TestClient.text;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which registries are listed, and which one is meant where none is named, as the
 * settings say: through the real program.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class ListedRegistriesTests {

	private static final String U = "sluice.upstreams[0].";

	private static final String REPORT = "logging.level.dev.sluice.wiring.StartReport=info";

	@Test
	void anUpstreamWhoseNameHasNoDotIsPulledFromByPath(CapturedOutput output) throws Exception {
		try (TestRegistry lab = lab();
				TestRegistry hub = TestRegistry.open();
				RunningSluice sluice = RunningSluice.start(U + "name=lab", U + "endpoints=" + lab.url(),
						"sluice.upstreams[1].name=docker.io", "sluice.upstreams[1].endpoints=" + hub.url());
				TestClient client = TestClient.of(sluice.uri("").toString())) {
			assertThat(client.get("/v2/lab/app/manifests/1").statusCode()).isEqualTo(200);
			assertThat(hub.requests().count()).isZero();
			assertThat(client.get("/v2/lab/tags/list").statusCode()).isEqualTo(404);
			assertThat(hub.requests().count()).as("'lab' alone is an image of the default").isPositive();
			assertThat(output)
				.contains("Name 'lab' hides images of docker.io whose name begins with 'lab/': only one with a dot");
		}
	}

	@Test
	void aHostIsClaimedOnThePortThatClientsReallyUse() throws Exception {
		try (TestRegistry registry = lab();
				RunningSluice sluice = RunningSluice.start(U + "name=corp.test", U + "endpoints=" + registry.url(),
						U + "hosts=localhost");
				TestClient client = TestClient.of("http://localhost:" + sluice.uri("").getPort())) {
			assertThat(client.get("/v2/app/manifests/1").statusCode()).isEqualTo(200);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "none", "None" })
	void withoutADefaultAnImageHasToNameItsRegistry(String none, CapturedOutput output) throws Exception {
		try (TestRegistry lab = lab();
				RunningSluice sluice = RunningSluice.start("sluice.default-upstream=" + none, U + "name=lab",
						U + "endpoints=" + lab.url(), REPORT);
				TestClient client = TestClient.of(sluice.uri("").toString())) {
			assertThat(client.get("/v2/lab/app/manifests/1").statusCode()).isEqualTo(200);
			assertThat(client.get("/v2/app/manifests/1").statusCode()).isEqualTo(404);
			assertThat(text(client.get("/v2/acme/app/manifests/1"))).contains("NAME_UNKNOWN",
					"'acme/app' names no registry, and sluice.default-upstream is none");
			assertThat(text(client.get("/v2/_catalog"))).contains("sluice.default-upstream is none");
			assertThat(output).contains("without a registry is pulled from nowhere").doesNotContain("hides images");
		}
	}

	@Test
	void configuredAloneLeavesTheBuiltInListOut(CapturedOutput output) throws Exception {
		try (TestRegistry lab = lab();
				RunningSluice sluice = RunningSluice.start("sluice.registries=configured", U + "name=lab.test",
						U + "endpoints=" + lab.url(), REPORT);
				TestClient client = TestClient.of(sluice.uri("").toString())) {
			assertThat(client.get("/v2/lab.test/app/manifests/1").statusCode()).isEqualTo(200);
			assertThat(text(client.get("/v2/ghcr.io/acme/app/manifests/1"))).contains("'ghcr.io' is not listed here");
			assertThat(text(client.get("/v2/nginx/manifests/1"))).contains("'nginx' names no registry");
			assertThat(output).contains("without a registry is pulled from nowhere; listed registries: 1");
		}
	}

	@Test
	void theDefaultMayBeNamedByAnAliasOrByACredential(@TempDir Path directory, CapturedOutput output) {
		Path config = RunningSluice.dockerConfig(directory, "login.test", "robot", "s3cret");
		try (RunningSluice _ = RunningSluice.start(U + "name=corp.test", U + "aliases=corp",
				"sluice.default-upstream=corp", REPORT)) {
			assertThat(output).contains("without a registry is pulled from corp.test;");
		}
		try (RunningSluice _ = RunningSluice.start("sluice.default-upstream=login.test",
				"sluice.credentials.docker-config=" + config, REPORT)) {
			assertThat(output).contains("without a registry is pulled from login.test;");
		}
	}

	@Test
	void aDefaultThatAMissingSecretMayNameLaterIsWarnedOfAlone(@TempDir Path directory, CapturedOutput output) {
		try (RunningSluice _ = RunningSluice.start("sluice.default-upstream=later.test",
				"sluice.credentials.kubernetes-secrets=" + directory.resolve("later"))) {
			assertThat(output).contains("sluice.default-upstream = 'later.test' won't do: it isn't listed");
		}
	}

	private static TestRegistry lab() {
		return TestRegistry.open().push("app", "1", TestImage.random());
	}

}
