package dev.sluice.command;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import dev.sluice.testing.BlobHost;
import dev.sluice.testing.RunningSluice;
import dev.sluice.testing.TestClient;
import dev.sluice.testing.TestImage;
import dev.sluice.testing.TestRegistry;
import dev.sluice.testing.TokenServer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code explain}, on the command line and on the management port: each step of a pull.
 */
class ExplainTests {

	private static final String NAME = "corp.example.test";

	private static final String PASSWORD = "pa55word-s3cret";

	@TempDir
	private Path directory;

	@Test
	void eachStepOfThePullIsTold() {
		TestImage image = TestImage.random();
		try (TokenServer tokens = TokenServer.start().user("robot", PASSWORD, "acme/*");
				BlobHost storage = BlobHost.start();
				TestRegistry registry = TestRegistry.token(tokens)
					.push("acme/app", "1", image)
					.redirectBlobsTo(storage)) {
			CommandRun run = explain(registry, NAME + "/acme/app:1");
			assertThat(run.output().lines().map((line) -> line.replaceAll("\\s+", " "))).containsSubsequence(
					"ok registry " + NAME + ": the image names it, and it is listed", "ok image acme/app, 1",
					"ok endpoint " + registry.url());
			assertThat(run.output()).containsPattern("ok +credential +docker config .*\\(" + registry.authority())
				.containsPattern("note +request +HEAD " + registry.url()
						+ "/v2/acme/app/manifests/1: 401 in [\\d.]+ m?s, asks for Bearer token of " + tokens.realm()
						+ ", service test-registry, scope repository:acme/app:pull")
				.containsPattern("ok +token +GET " + tokens.realm() + ": 200 in [\\d.]+ m?s")
				.containsPattern("ok +manifest +application/vnd.oci.image.manifest.*" + image.manifest().digest())
				.containsPattern("ok +redirect +GET " + storage.url() + "/.*: 206 in")
				.containsPattern("ok +blob +sha256:\\p{XDigit}+ can be read")
				.containsPattern("ok +result +the image can be pulled")
				.doesNotContain(PASSWORD, "Signature", "token=");
			assertThat(run.status()).isZero();
		}
	}

	@Test
	void whatIsDeniedSaysAsWhom() {
		try (TokenServer tokens = TokenServer.start().user("robot", PASSWORD, "acme/*");
				TestRegistry registry = TestRegistry.token(tokens)) {
			CommandRun run = explain(registry, NAME + "/other/app:1");
			assertThat(run.output()).containsPattern("FAILED +result +.*" + NAME + ".*asked as docker config");
			assertThat(run.status()).isOne();
		}
	}

	@Test
	void theResultSaysWhichLoginWasRejectedAndNoFurtherStepDoes() {
		try (TestRegistry registry = TestRegistry.basic("robot", "another")) {
			CommandRun run = explain(registry, NAME + "/acme/app:1");
			assertThat(run.output()).containsPattern("ok +as +docker config")
				.containsPattern("note +as +nobody\n.*GET.*: 401 .*\nFAILED +result +.*asked as docker config");
		}
	}

	@Test
	void anArgumentIsNoFileOfArguments() throws Exception {
		Path file = Files.writeString(this.directory.resolve("arguments"), "c0ntent/of-a-file");
		CommandRun run = CommandRun.of("explain", "@" + file);
		assertThat(run.status()).isOne();
		assertThat(run.output()).contains("no image can be made out").doesNotContain("c0ntent");
	}

	@ExtendWith(OutputCaptureExtension.class)
	@Test
	void noLoginThatIsPastedAlongIsShown(CapturedOutput errors) {
		try (TestRegistry registry = TestRegistry.open().push("acme/app", "1", TestImage.random())) {
			CommandRun run = explain(registry, "me:" + PASSWORD + "@" + NAME + "/acme/app:1");
			assertThat(run.output()).startsWith(NAME + "/acme/app:1\n").contains("the image can be pulled");
			CommandRun none = explain(registry, "docker login -u me -p " + PASSWORD + " " + NAME);
			assertThat(none.output()).contains("no image", "pulls no image");
			CommandRun option = explain(registry, "--creds=me:" + PASSWORD);
			assertThat(option.status()).isNotZero();
			assertThat(errors).contains("Unknown option: '--creds'");
			assertThat(run.output() + none.output() + errors).doesNotContain(PASSWORD);
		}
	}

	@ExtendWith(OutputCaptureExtension.class)
	@Test
	void noConfigThatIsPastedIsShown(CapturedOutput errors) {
		try (TestRegistry registry = TestRegistry.open()) {
			CommandRun config = explain(registry, "{\"auths\":{\"" + NAME + "\":{\"username\":\"me\",\"password\":\""
					+ PASSWORD + "\",\"auth\":\"" + PASSWORD + "/x:1\"}}}");
			CommandRun piped = explain(registry,
					"echo " + PASSWORD + "/x:1 | docker login " + NAME + " --password-stdin");
			CommandRun header = explain(registry, "Authorization: Bearer " + NAME + "/" + PASSWORD + ":1");
			assertThat(config.output()).startsWith("(no image)").contains("no image can be made out");
			assertThat(piped.output()).startsWith("(no image)");
			assertThat(header.output()).startsWith("(no image)");
			assertThat(registry.requests().count()).isZero();
			assertThat(config.output() + piped.output() + header.output() + errors).doesNotContain(PASSWORD);
		}
	}

	@Test
	void anImageWithoutARegistryIsTheDefaultUpstreams() {
		try (TestRegistry registry = TestRegistry.open().push("acme/app", "latest", TestImage.random())) {
			assertThat(explain(registry, "acme/app").output())
				.contains(NAME + ": no registry is named, so the default upstream is meant")
				.contains("the image can be pulled");
		}
	}

	@Test
	void theManagementPortExplainsToItsOwnMachine() throws Exception {
		try (TestRegistry registry = TestRegistry.basic("robot", PASSWORD).push("acme/app", "1", TestImage.random());
				RunningSluice sluice = RunningSluice.before(NAME, registry,
						RunningSluice.dockerConfig(this.directory, registry.authority(), "robot", PASSWORD));
				TestClient management = TestClient.of(sluice.managementUri("").toString());
				TestClient client = TestClient.of(sluice.uri("").toString())) {
			HttpResponse<byte[]> response = management.get("/actuator/explain?image=" + NAME + "/acme/app:1");
			assertThat(response.statusCode()).isEqualTo(200);
			JsonNode explanation = new JsonMapper().readTree(response.body());
			assertThat(explanation.path("good").asBoolean()).isTrue();
			assertThat(explanation.at("/summary/challenge/text").asString()).isEqualTo("Basic");
			assertThat(explanation.path("steps").findValuesAsString("name")).startsWith("registry", "image", "endpoint",
					"credential");
			assertThat(TestClient.text(response)).doesNotContain(PASSWORD);
			assertThat(management.get("/actuator/explain").statusCode()).isEqualTo(400);
			assertThat(client.get("/actuator/explain?image=a").statusCode()).isEqualTo(404);
		}
	}

	@Test
	void theManagementPortExplainsToNoOtherMachine() throws Exception {
		Optional<InetAddress> address = NetworkInterface.networkInterfaces()
			.flatMap(NetworkInterface::inetAddresses)
			.filter((it) -> it.isSiteLocalAddress() && it.getAddress().length == 4)
			.findFirst();
		Assumptions.assumeTrue(address.isPresent(), "this machine has no address but loopback");
		try (TestRegistry registry = TestRegistry.open().push("acme/app", "1", TestImage.random());
				RunningSluice sluice = RunningSluice.before(NAME, registry, this.directory.resolve("none"),
						"management.server.address=0.0.0.0");
				TestClient outside = TestClient
					.of("http://" + address.get().getHostAddress() + ":" + sluice.managementUri("").getPort())) {
			assertThat(outside.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
			assertThat(outside.get("/actuator/explain?image=" + NAME + "/acme/app:1").statusCode()).isEqualTo(403);
			assertThat(registry.requests().count()).isZero();
		}
	}

	private CommandRun explain(TestRegistry registry, String image) {
		Path config = RunningSluice.dockerConfig(this.directory, registry.authority(), "robot", PASSWORD);
		return CommandRun.of("explain", image, "--sluice.default-upstream=" + NAME,
				"--sluice.upstreams[0].name=" + NAME, "--sluice.upstreams[0].endpoints=" + registry.url(),
				"--sluice.credentials.docker-config=" + config);
	}

}
