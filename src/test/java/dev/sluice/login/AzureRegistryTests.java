package dev.sluice.login;

import java.util.Map;

import dev.sluice.testing.Matching;
import dev.sluice.testing.Misbehaviour;
import dev.sluice.testing.OciFailure;
import dev.sluice.testing.RunningSluice;
import dev.sluice.testing.StandIn;
import dev.sluice.testing.TestClient;
import dev.sluice.testing.TestImage;
import dev.sluice.testing.TestRegistry;
import dev.sluice.testing.TokenServer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Pulls from ACR with nothing but an Azure identity.
 */
class AzureRegistryTests {

	private static final String ACR = "acme.azurecr.io";

	private static final String IMAGE = "/v2/" + ACR + "/app/";

	@Test
	void pullsFromAcrByARefreshToken() throws Exception {
		TestImage image = TestImage.random();
		try (StandIn azure = azure("refresh-1");
				TokenServer tokens = TokenServer.start().user("acr", "unused", "*").refreshToken("refresh-1", "acr");
				TestRegistry registry = TestRegistry.token(tokens).push("app", "1", image);
				RunningSluice sluice = acr(azure, registry);
				TestClient client = TestClient.of(sluice.uri("").toString())) {
			assertThat(client.get(IMAGE + "manifests/1").body()).isEqualTo(image.manifest().content().bytes());
			assertThat(client.get(IMAGE + "blobs/" + image.layer(0).digest()).body()).isEqualTo(image.layer(0).bytes());
			assertThat(client.get(IMAGE + "tags/list").statusCode()).isEqualTo(200);
			assertThat(tokens.requests().all().getFirst().field("refresh_token")).hasValue("refresh-1");
			assertThat(azure.requests().count(Matching.path("/oauth2/exchange"))).isEqualTo(1);
		}
	}

	@Test
	void anExpiredRefreshTokenCostsAFreshOneAndNoPull() throws Exception {
		try (StandIn azure = azure("refresh-2");
				TokenServer tokens = TokenServer.start().user("acr", "unused", "*").refreshToken("refresh-2", "acr");
				TestRegistry registry = TestRegistry.token(tokens).push("app", "1", TestImage.random());
				RunningSluice sluice = acr(azure, registry);
				TestClient client = TestClient.of(sluice.uri("").toString())) {
			azure.misbehave(Matching.path("/oauth2/exchange"), 1,
					Misbehaviour.answer(200, "application/json", "{\"refresh_token\":\"expired\"}"));
			assertThat(client.get(IMAGE + "manifests/1").statusCode()).isEqualTo(200);
			assertThat(azure.requests().count(Matching.path("/oauth2/exchange"))).isEqualTo(2);
		}
	}

	@Test
	void anIdentityWithoutTheRoleIsAnErrorThatSaysWhatToGrant() throws Exception {
		try (StandIn azure = azure("unused").answer(Matching.path("/oauth2/exchange"), 403, "application/json", "{}");
				TestRegistry registry = TestRegistry.basic("nobody", "nothing");
				RunningSluice sluice = acr(azure, registry);
				TestClient client = TestClient.of(sluice.uri("").toString())) {
			OciFailure.of(client.get(IMAGE + "manifests/1"))
				.is(502, "UNAVAILABLE")
				.saying("Azure identity for ACR", "managed identity", "grant it AcrPull");
		}
	}

	private static StandIn azure(String refreshToken) {
		return StandIn.start()
			.answer(Matching.path("/metadata/identity/oauth2/token"), "{\"access_token\":\"entra-token\"}")
			.answer(Matching.path("/oauth2/exchange"), "{\"refresh_token\":\"" + refreshToken + "\"}");
	}

	private static RunningSluice acr(StandIn azure, TestRegistry registry) {
		return RunningSluice.in(Map.of("AZURE_POD_IDENTITY_AUTHORITY_HOST", azure.url()),
				"sluice.upstreams[0].name=" + ACR, "sluice.upstreams[0].endpoints=" + registry.url(),
				"sluice.upstreams[0].credential-host=" + ACR, "sluice.credentials.cloud.acr.endpoint=" + azure.url());
	}

}
