package dev.sluice.login;

import java.nio.file.Path;
import java.util.Map;

import dev.sluice.testing.Matching;
import dev.sluice.testing.OciFailure;
import dev.sluice.testing.RunningSluice;
import dev.sluice.testing.ServiceAccountKey;
import dev.sluice.testing.StandIn;
import dev.sluice.testing.TestClient;
import dev.sluice.testing.TestImage;
import dev.sluice.testing.TestRegistry;
import dev.sluice.testing.TokenServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Pulls from Artifact Registry and Container Registry with nothing but a Google identity.
 */
class GoogleRegistryTests {

	private static final String TOKEN = "{\"access_token\":\"ya29.token\",\"expires_in\":3599}";

	@TempDir
	private Path directory;

	@Test
	void pullsFromArtifactRegistryByAKeyFile() throws Exception {
		TestImage image = TestImage.random();
		try (StandIn google = StandIn.start().answer(Matching.path("/oauth/token"), TOKEN);
				TokenServer tokens = TokenServer.start().user("oauth2accesstoken", "ya29.token", "*");
				TestRegistry registry = TestRegistry.token(tokens).push("acme/repo/app", "1", image);
				RunningSluice sluice = before("us-docker.pkg.dev", registry, Map.of("GOOGLE_APPLICATION_CREDENTIALS",
						ServiceAccountKey.write(this.directory, google.url() + "/oauth/token").file().toString()));
				TestClient client = TestClient.of(sluice.uri("").toString())) {
			String path = "/v2/us-docker.pkg.dev/acme/repo/app/";
			assertThat(client.get(path + "manifests/1").body()).isEqualTo(image.manifest().content().bytes());
			assertThat(client.get(path + "blobs/" + image.layer(0).digest()).body()).isEqualTo(image.layer(0).bytes());
			assertThat(tokens.requests().all().getFirst().header("Authorization"))
				.hasValue(TestClient.basic("oauth2accesstoken", "ya29.token"));
			assertThat(google.requests().count()).isEqualTo(1);
		}
	}

	@Test
	void pullsFromContainerRegistryOnAMachineOfGoogles() throws Exception {
		try (StandIn google = StandIn.start()
			.answer(Matching.path("/computeMetadata/v1/"), TOKEN, "Metadata-Flavor", "Google");
				TestRegistry registry = TestRegistry.basic("oauth2accesstoken", "ya29.token")
					.push("acme/app", "1", TestImage.random());
				RunningSluice sluice = before("gcr.io", registry, machine(google));
				TestClient client = TestClient.of(sluice.uri("").toString())) {
			assertThat(client.get("/v2/gcr.io/acme/app/manifests/1").statusCode()).isEqualTo(200);
		}
	}

	@Test
	void anIdentityThatFailsLeavesWhatIsPublicToBeHadAndIsToldForTheRest() throws Exception {
		try (StandIn google = StandIn.start().answer(Matching.path("/oauth/token"), 400, "application/json", """
				{"error":"invalid_grant","error_description":"Account has been deleted"}""");
				TokenServer tokens = TokenServer.start().anonymousMayPull("public/*");
				TestRegistry registry = TestRegistry.token(tokens)
					.push("public/app", "1", TestImage.random())
					.push("private/app", "1", TestImage.random());
				RunningSluice sluice = before("gcr.io", registry, Map.of("GOOGLE_APPLICATION_CREDENTIALS",
						ServiceAccountKey.write(this.directory, google.url() + "/oauth/token").file().toString()));
				TestClient client = TestClient.of(sluice.uri("").toString())) {
			assertThat(client.get("/v2/gcr.io/public/app/manifests/1").statusCode()).isEqualTo(200);
			OciFailure.of(client.get("/v2/gcr.io/private/app/manifests/1"))
				.is(502, "UNAVAILABLE")
				.saying("Google identity", "key.json", "invalid_grant Account has been deleted");
			assertThat(google.requests().count()).isEqualTo(1);
		}
	}

	private static Map<String, String> machine(StandIn google) {
		return Map.of("GCE_METADATA_HOST", google.authority(), "CLOUDSDK_CONFIG", "/nowhere");
	}

	private static RunningSluice before(String name, TestRegistry registry, Map<String, String> variables) {
		return RunningSluice.in(variables, "sluice.upstreams[0].name=" + name,
				"sluice.upstreams[0].endpoints=" + registry.url(), "sluice.upstreams[0].credential-host=" + name);
	}

}
