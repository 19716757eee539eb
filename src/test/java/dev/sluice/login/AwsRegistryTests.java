package dev.sluice.login;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.sluice.testing.LogCapture;
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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Pulls from ECR and ECR Public with nothing but an AWS identity.
 */
class AwsRegistryTests {

	private static final String ECR = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";

	private static final String IMAGE = "/v2/" + ECR + "/acme/app/";

	private static final String EXPIRED = "{\"errors\":[{\"code\":\"DENIED\",\"message\":"
			+ "\"Your authorization token has expired. Reauthenticate and try again.\"}]}";

	private static final Map<String, String> ACCESS_KEY = Map.of("AWS_ACCESS_KEY_ID", "AKIDTEST",
			"AWS_SECRET_ACCESS_KEY", "very/secret");

	@TempDir
	private Path directory;

	@Test
	void pullsFromEcrAndAsksForItsPasswordOnce() throws Exception {
		TestImage image = TestImage.random();
		try (StandIn api = StandIn.start().answer(Matching.method("POST"), passwords("p4ss"));
				TestRegistry registry = TestRegistry.basic("AWS", "p4ss").push("acme/app", "1", image);
				RunningSluice sluice = ecr(api, registry, ACCESS_KEY);
				TestClient client = TestClient.of(sluice.uri("").toString())) {
			assertThat(client.get(IMAGE + "manifests/1").body()).isEqualTo(image.manifest().content().bytes());
			assertThat(client.head(IMAGE + "manifests/1").statusCode()).isEqualTo(200);
			assertThat(client.get(IMAGE + "blobs/" + image.layer(0).digest()).body()).isEqualTo(image.layer(0).bytes());
			assertThat(api.requests().count()).isEqualTo(1);
		}
	}

	@ParameterizedTest
	@CsvSource({ "400, GET", "403, GET", "401, GET", "400, HEAD", "403, HEAD", "401, HEAD" })
	void anExpiredPasswordCostsAFreshOneAndNoPull(int status, String method) throws Exception {
		try (StandIn api = StandIn.start().answer(Matching.method("POST"), passwords("old"));
				TestRegistry registry = TestRegistry.basic("AWS", "new").push("acme/app", "1", TestImage.random());
				RunningSluice sluice = ecr(api, registry, ACCESS_KEY);
				TestClient client = TestClient.of(sluice.uri("").toString())) {
			registry.misbehave((request) -> request.header("Authorization")
				.filter(TestClient.basic("AWS", "old")::equals)
				.isPresent(), Misbehaviour.answer(status, "application/json", EXPIRED));
			api.misbehave(Matching.any(), 1, Misbehaviour.answer(200, "application/json", passwords("old")));
			api.answer(Matching.method("POST"), passwords("new"));
			assertThat(client.send(method, IMAGE + "manifests/1").statusCode()).isEqualTo(200);
			assertThat(api.requests().count()).isEqualTo(2);
		}
	}

	@ParameterizedTest
	@CsvSource({ "400, GET", "403, GET", "400, HEAD", "403, HEAD" })
	void aPasswordThatExpiresRightAfterItWorkedCostsNoPullEither(int status, String method) throws Exception {
		try (StandIn api = StandIn.start().answer(Matching.method("POST"), passwords("old"));
				TestRegistry registry = TestRegistry.basic("AWS", "old").push("acme/app", "1", TestImage.random());
				RunningSluice sluice = ecr(api, registry, ACCESS_KEY);
				TestClient client = TestClient.of(sluice.uri("").toString())) {
			assertThat(client.get(IMAGE + "manifests/1").statusCode()).isEqualTo(200);
			registry.misbehave((request) -> request.header("Authorization")
				.filter(TestClient.basic("AWS", "old")::equals)
				.isPresent(), Misbehaviour.answer(status, "application/json", EXPIRED));
			registry.misbehave((request) -> request.header("Authorization")
				.filter(TestClient.basic("AWS", "new")::equals)
				.isPresent(), Misbehaviour.answer(200, "application/vnd.oci.image.manifest.v1+json", "{}"));
			api.answer(Matching.method("POST"), passwords("new"));
			assertThat(client.send(method, IMAGE + "manifests/1").statusCode()).isEqualTo(200);
		}
	}

	@Test
	void anIdentityThatMayNotIsAnErrorThatSaysWhatToGrantAndShowsInHealth() throws Exception {
		try (StandIn api = StandIn.start()
			.answer(Matching.method("POST"), 400, "application/x-amz-json-1.1",
					"{\"__type\":\"AccessDeniedException\",\"message\":\"User is not authorized\"}");
				TestRegistry registry = TestRegistry.basic("AWS", "p4ss");
				RunningSluice sluice = ecr(api, registry, ACCESS_KEY);
				TestClient client = TestClient.of(sluice.uri("").toString());
				TestClient management = TestClient.of(sluice.managementUri("").toString())) {
			OciFailure.of(client.get(IMAGE + "manifests/1"))
				.is(502, "UNAVAILABLE")
				.saying(ECR, "AccessDeniedException", "access key in AWS_ACCESS_KEY_ID",
						"grant it ecr:GetAuthorizationToken");
			assertThat(TestClient.text(management.get("/actuator/health"))).contains("DEGRADED", "AccessDenied")
				.doesNotContain("very/secret");
			assertThat(management.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
		}
	}

	@Test
	void whereThereIsNoAwsPullsAreAnonymous() throws Exception {
		try (StandIn api = StandIn.start();
				TestRegistry registry = TestRegistry.open().push("acme/app", "1", TestImage.random());
				RunningSluice sluice = ecr(api, registry, Map.of());
				TestClient client = TestClient.of(sluice.uri("").toString());
				LogCapture log = LogCapture.asUsersSeeIt()) {
			assertThat(client.get(IMAGE + "manifests/1").statusCode()).isEqualTo(200);
			assertThat(client.get(IMAGE + "manifests/1").statusCode()).isEqualTo(200);
			assertThat(log.entries().stream().filter((entry) -> entry.message().contains("no AWS identity for ECR")))
				.hasSize(1);
			assertThat(registry.requests().count(Matching.authorized())).isZero();
		}
	}

	@ParameterizedTest
	@CsvSource({ "sluice.credentials.cloud.enabled=false", "sluice.credentials.cloud.ecr.enabled=false" })
	void isTurnedOffByOneProperty(String property) throws Exception {
		try (StandIn api = StandIn.start().answer(Matching.method("POST"), passwords("p4ss"));
				TestRegistry registry = TestRegistry.basic("AWS", "p4ss").push("acme/app", "1", TestImage.random());
				RunningSluice sluice = ecr(api, registry, ACCESS_KEY, property);
				TestClient client = TestClient.of(sluice.uri("").toString())) {
			OciFailure.of(client.get(IMAGE + "manifests/1")).is(403, "DENIED");
			assertThat(api.requests().count()).isZero();
		}
	}

	@Test
	void doesNotListARegistryThatNobodyNamed() throws Exception {
		try (StandIn api = StandIn.start().answer(Matching.method("POST"), passwords("p4ss"));
				RunningSluice sluice = RunningSluice.in(aws(ACCESS_KEY),
						"sluice.credentials.cloud.ecr.endpoint=" + api.url() + "/");
				TestClient client = TestClient.of(sluice.uri("").toString())) {
			OciFailure.of(client.get(IMAGE + "manifests/1")).is(404, "NAME_UNKNOWN");
			assertThat(api.requests().count()).isZero();
		}
	}

	@Test
	void aPasswordInAFileComesBeforeTheCloudsOwn() throws Exception {
		try (StandIn api = StandIn.start().answer(Matching.method("POST"), passwords("cloud"));
				TestRegistry registry = TestRegistry.basic("AWS", "file").push("acme/app", "1", TestImage.random());
				RunningSluice sluice = ecr(api, registry, ACCESS_KEY,
						"sluice.credentials.docker-config="
								+ RunningSluice.dockerConfig(this.directory, ECR, "AWS", "file"));
				TestClient client = TestClient.of(sluice.uri("").toString())) {
			assertThat(client.get(IMAGE + "manifests/1").statusCode()).isEqualTo(200);
			assertThat(registry.requests().matching(Matching.authorized())).allSatisfy(
					(request) -> assertThat(request.header("Authorization")).hasValue(TestClient.basic("AWS", "file")));
		}
	}

	@Test
	void pullsFromEcrPublicAsItsUser() throws Exception {
		try (StandIn api = StandIn.start()
			.answer(Matching.method("POST"),
					"{\"authorizationData\":{\"authorizationToken\":\"" + encoded("p4ss")
							+ "\",\"expiresAt\":4102444800.0}}");
				TokenServer tokens = TokenServer.start().user("AWS", "p4ss", "acme/*");
				TestRegistry registry = TestRegistry.token(tokens).push("acme/app", "1", TestImage.random());
				RunningSluice sluice = before("public.ecr.aws", "ecr-public", api, registry, ACCESS_KEY);
				TestClient client = TestClient.of(sluice.uri("").toString())) {
			assertThat(client.get("/v2/public.ecr.aws/acme/app/manifests/1").statusCode()).isEqualTo(200);
			assertThat(tokens.requests().last().header("Authorization")).hasValue(TestClient.basic("AWS", "p4ss"));
		}
	}

	@Test
	void ecrPublicIsToBeHadByAnIdentityWithoutTheRight() throws Exception {
		try (StandIn api = StandIn.start()
			.answer(Matching.method("POST"), 400, "application/x-amz-json-1.1",
					"{\"__type\":\"AccessDeniedException\",\"message\":\"User is not authorized\"}");
				TokenServer tokens = TokenServer.start().anonymousMayPull("acme/*");
				TestRegistry registry = TestRegistry.token(tokens).push("acme/app", "1", TestImage.random());
				RunningSluice sluice = before("public.ecr.aws", "ecr-public", api, registry, ACCESS_KEY);
				TestClient client = TestClient.of(sluice.uri("").toString())) {
			assertThat(client.get("/v2/public.ecr.aws/acme/app/manifests/1").statusCode()).isEqualTo(200);
			OciFailure.of(client.get("/v2/public.ecr.aws/acme/app/manifests/2")).is(404, "MANIFEST_UNKNOWN");
		}
	}

	private RunningSluice ecr(StandIn api, TestRegistry registry, Map<String, String> variables, String... properties) {
		return before(ECR, "ecr", api, registry, variables, properties);
	}

	private RunningSluice before(String name, String kind, StandIn api, TestRegistry registry,
			Map<String, String> variables, String... properties) {
		List<String> all = new ArrayList<>(List.of("sluice.upstreams[0].name=" + name,
				"sluice.upstreams[0].endpoints=" + registry.url(), "sluice.upstreams[0].credential-host=" + name,
				"sluice.credentials.cloud." + kind + ".endpoint=" + api.url() + "/"));
		all.addAll(List.of(properties));
		return RunningSluice.in(aws(variables), all.toArray(String[]::new));
	}

	/** Nothing of the machine that runs the tests. */
	private Map<String, String> aws(Map<String, String> variables) {
		Map<String, String> all = new HashMap<>(variables);
		all.put("AWS_EC2_METADATA_DISABLED", "true");
		all.put("AWS_CONFIG_FILE", this.directory.resolve("none").toString());
		all.put("AWS_SHARED_CREDENTIALS_FILE", this.directory.resolve("none").toString());
		return all;
	}

	private static String passwords(String password) {
		return "{\"authorizationData\":[{\"authorizationToken\":\"" + encoded(password)
				+ "\",\"expiresAt\":4102444800.123,\"proxyEndpoint\":\"https://" + ECR + "\"}]}";
	}

	private static String encoded(String password) {
		return Base64.getEncoder().encodeToString(("AWS:" + password).getBytes(UTF_8));
	}

}
