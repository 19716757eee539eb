package dev.sluice.api;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.file.Path;

import dev.sluice.testing.LogCapture;
import dev.sluice.testing.Matching;
import dev.sluice.testing.Misbehaviour;
import dev.sluice.testing.RawAnswer;
import dev.sluice.testing.RunningSluice;
import dev.sluice.testing.TestClient;
import dev.sluice.testing.TestContent;
import dev.sluice.testing.TestImage;
import dev.sluice.testing.TestRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The access log: one line a request that says why it ended as it did.
 */
class AccessLogTests {

	private static final TestImage IMAGE = TestImage.of(TestContent.random(10_000), TestContent.random(50_000_000));

	private static TestRegistry registry;

	private static RunningSluice sluice;

	private static TestClient client;

	private LogCapture log;

	@BeforeAll
	static void start(@TempDir Path directory) {
		registry = TestRegistry.basic("robot", "s3cret").push("acme/app", "1", IMAGE);
		Path config = RunningSluice.dockerConfig(directory, registry.authority(), "robot", "s3cret");
		sluice = RunningSluice.before("registry.example.test", registry, config);
		client = TestClient.of(sluice.uri("").toString());
	}

	@AfterAll
	static void stop() {
		client.close();
		sluice.close();
		registry.close();
	}

	@BeforeEach
	void capture() {
		this.log = LogCapture.asUsersSeeIt();
	}

	@AfterEach
	void behave() {
		this.log.close();
		registry.behave();
	}

	@Test
	void pullIsOneLineThatSaysAll() throws Exception {
		String path = "/v2/acme/app/blobs/" + IMAGE.layer(0).digest();
		client.get(path + "?ns=registry.example.test", "User-Agent", "containerd/2.1 (linux)");
		String line = this.log.awaitAccessLine(path);
		assertThat(line)
			.contains("method=GET", "path=" + path, "ns=registry.example.test", "status=200", "end=whole",
					"bytes=10000", "from=upstream", "client=127.0.0.1", "registry=registry.example.test",
					"repository=acme/app", "endpoint=" + registry.url(), "agent=\"containerd/2.1 (linux)\"")
			.containsPattern("credential=\"docker config \\S+config.json \\(" + registry.authority() + "\\)\"")
			.containsPattern("first_byte_ms=\\d+ ms=\\d+")
			.containsPattern(" id=\\S+$")
			.doesNotContain("cause=");
		assertThat(this.log.entries()).hasSize(1);
	}

	@Test
	void failureNamesItsCauseAndWhoWasAskedAsWhom() throws Exception {
		client.get("/v2/registry.example.test/acme/app/manifests/1");
		registry.misbehave(Matching.any(), Misbehaviour.status(500));
		int said = client.get("/v2/registry.example.test/acme/app/manifests/1").body().length;
		assertThat(this.log.awaitAccessLine("status=502")).contains("/manifests/1", "end=whole", "bytes=" + said + " ",
				"endpoint=" + registry.url(), "credential=\"docker config",
				"cause=\"UpstreamFailed: registry.example.test answered 500");
	}

	@Test
	void whatSluiceAnswersItselfNamesWhoSaidWhatIsThere() throws Exception {
		String other = "\"sha256:" + "1".repeat(64) + "\"";
		client.get("/v2/registry.example.test/acme/app/manifests/1", "If-Match", other);
		assertThat(this.log.awaitAccessLine("status=412")).doesNotContain("from=")
			.contains("endpoint=" + registry.url(), "credential=\"docker config");
		client.get("/v2/registry.example.test/acme/app/blobs/" + IMAGE.layer(0).digest(), "Range",
				"bytes=9999999999999999999999-");
		assertThat(this.log.awaitAccessLine("status=416")).contains("endpoint=" + registry.url(),
				"credential=\"docker config");
	}

	@Test
	void unlistedRegistryAndUnknownPathHaveTheirLineToo() throws Exception {
		client.get("/v2/evil.example.test/acme/app/manifests/1");
		assertThat(this.log.awaitAccessLine("evil.example.test")).contains("status=404", "RegistryNotListed")
			.doesNotContain("endpoint=", "credential=");
		client.get("/favicon.ico");
		assertThat(this.log.awaitAccessLine("/favicon.ico")).contains("status=404", "cause=");
	}

	@Test
	void clientThatLeavesIsSaidToHaveLeft() throws Exception {
		HttpResponse<InputStream> answer = client
			.stream("/v2/registry.example.test/acme/app/blobs/" + IMAGE.layer(1).digest());
		try (InputStream body = answer.body()) {
			assertThat(body.readNBytes(1000)).hasSize(1000);
		}
		assertThat(this.log.awaitAccessLine(IMAGE.layer(1).digest())).contains("status=200", "end=client-left");
		assertThat(this.log.entries()).hasSize(1);
	}

	@Test
	void longestPathIsShownWhole() throws Exception {
		String path = "/v2/registry.example.test/" + "a".repeat(200) + "/blobs/sha512:" + "0".repeat(128);
		client.get(path);
		assertThat(this.log.awaitAccessLine("status=404")).contains("path=" + path + " ");
	}

	@Test
	void pathAgentAndNamespaceCannotForgeALine() throws IOException {
		String forged = "%0d%0amethod=GET%20path=/forged%20status=200";
		RawAnswer.of(sluice.uri(""), "GET /v2/" + forged + "/manifests/1?ns=x" + forged + " HTTP/1.1",
				"User-Agent: evil\u0085method=GET \" status=200 \\", "Connection: close");
		String line = this.log.awaitAccessLine("%0d%0a");
		assertThat(this.log.entries()).hasSize(1);
		assertThat(line.lines().toList()).hasSize(1);
		assertThat(line).matches("[\\P{C}]*")
			.contains("status=400")
			.contains("agent=\"evil?method=GET \\\" status=200 \\\\\"");
		String unquoted = line.replaceAll("\"(?:\\\\.|[^\"\\\\])*\"", "\"\"");
		assertThat(unquoted).containsOnlyOnce("status=").containsOnlyOnce("method=");
	}

	@Test
	void requestThatIsNoHttpGetsABadRequestAndNoStackTrace() throws IOException {
		assertThat(RawAnswer.of(sluice.uri(""), "GET /v2/%zz/manifests/1 HTTP/1.1", "Connection: close").head())
			.startsWith("HTTP/1.1 400");
		assertThat(RawAnswer.of(sluice.uri(""), "GET /v2/ NONSENSE/9", "Connection: close").head())
			.startsWith("HTTP/1.1 400");
		assertThat(this.log.entries()).allSatisfy((entry) -> assertThat(entry.stackTrace()).isEmpty());
	}

}
