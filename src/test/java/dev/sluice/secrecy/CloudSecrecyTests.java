package dev.sluice.secrecy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

import dev.sluice.testing.Matching;
import dev.sluice.testing.RunningSluice;
import dev.sluice.testing.ServiceAccountKey;
import dev.sluice.testing.StandIn;
import dev.sluice.testing.TestClient;
import dev.sluice.testing.TestImage;
import dev.sluice.testing.TestRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What cloud identities send and get shows nowhere, not in the log at TRACE either, nor
 * in health.
 */
@ExtendWith(OutputCaptureExtension.class)
class CloudSecrecyTests {

	private static final String ECR = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";

	private static final String ASSUMED = """
			<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
			<AssumeRoleWithWebIdentityResult><Credentials><AccessKeyId>AKIDWEB</AccessKeyId>
			<SecretAccessKey>key-s3cret</SecretAccessKey><SessionToken>session-s3cret</SessionToken>
			<Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleWithWebIdentityResult>
			</AssumeRoleWithWebIdentityResponse>
			""";

	@Test
	void noSecretOfACloudIsLoggedOrShown(@TempDir Path directory, CapturedOutput output) throws Exception {
		String password = Base64.getEncoder().encodeToString("AWS:ecr-s3cret".getBytes(UTF_8));
		try (StandIn cloud = StandIn.start()
			.answer(Matching.method("POST"),
					"{\"authorizationData\":[{\"authorizationToken\":\"" + password + "\",\"expiresAt\":4102444800}]}")
			.answer(Matching.path("/oauth2/v2.0/token"), "{\"access_token\":\"entra-s3cret\"}")
			.answer(Matching.path("/oauth2/exchange"), "{\"refresh_token\":\"acr-s3cret\"}")
			.answer(Matching.path("/google"),
					"{\"access_token\":\"google-s3cret\",\"expires_in\":3599,\"token_type\":\"Bearer\"}");
				StandIn sts = StandIn.start().answer(Matching.method("POST"), 200, "text/xml", ASSUMED);
				TestRegistry registry = TestRegistry.basic("nobody", "nothing")
					.push("acme/app", "1", TestImage.random());
				RunningSluice sluice = RunningSluice.in(variables(directory, cloud, sts), properties(cloud, registry));
				TestClient client = TestClient.of(sluice.uri("").toString());
				TestClient management = TestClient.of(sluice.managementUri("").toString())) {
			for (String name : new String[] { ECR, "acme.azurecr.io", "gcr.io" }) {
				String text = TestClient.text(client.get("/v2/" + name + "/acme/app/manifests/1"));
				assertThat(text).as(name).contains("identity").doesNotContain("s3cret");
			}
			assertThat(sts.requests().count()).isPositive();
			for (String path : new String[] { "/oauth2/v2.0/token", "/oauth2/exchange", "/google" }) {
				assertThat(cloud.requests().count(Matching.path(path))).as(path).isPositive();
			}
			assertThat(TestClient.text(management.get("/actuator/health"))).doesNotContain("s3cret");
		}
		assertThat(output.getAll()).contains("TRACE").doesNotContain("s3cret", password, "PRIVATE KEY", "assertion=");
	}

	private static Map<String, String> variables(Path directory, StandIn cloud, StandIn sts) throws Exception {
		Path token = Files.writeString(directory.resolve("token"), "web-s3cret");
		Path key = ServiceAccountKey.write(directory, cloud.url() + "/google").file();
		Map<String, String> variables = new HashMap<>();
		variables.putAll(Map.of("AWS_WEB_IDENTITY_TOKEN_FILE", token.toString(), "AWS_ROLE_ARN",
				"arn:aws:iam::123456789012:role/puller", "AWS_REGION", "eu-west-1", "AWS_ENDPOINT_URL_STS", sts.url()));
		variables.putAll(Map.of("AZURE_CLIENT_ID", "client", "AZURE_TENANT_ID", "tenant", "AZURE_CLIENT_SECRET",
				"azure-s3cret", "AZURE_AUTHORITY_HOST", cloud.url()));
		variables.put("GOOGLE_APPLICATION_CREDENTIALS", key.toString());
		return variables;
	}

	private static String[] properties(StandIn cloud, TestRegistry registry) {
		String upstream = "sluice.upstreams[%d].name=%s sluice.upstreams[%1$d].credential-host=%2$s "
				+ "sluice.upstreams[%1$d].endpoints=" + registry.url() + " ";
		return (upstream.formatted(0, ECR) + upstream.formatted(1, "acme.azurecr.io") + upstream.formatted(2, "gcr.io")
				+ "logging.level.root=trace sluice.credentials.cloud.ecr.endpoint=" + cloud.url()
				+ "/ sluice.credentials.cloud.acr.endpoint=" + cloud.url())
			.split(" ");
	}

}
