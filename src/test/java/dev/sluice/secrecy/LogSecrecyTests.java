package dev.sluice.secrecy;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

import dev.sluice.testing.BlobHost;
import dev.sluice.testing.LogCapture;
import dev.sluice.testing.Matching;
import dev.sluice.testing.Misbehaviour;
import dev.sluice.testing.RecordedRequest;
import dev.sluice.testing.RunningSluice;
import dev.sluice.testing.TestClient;
import dev.sluice.testing.TestImage;
import dev.sluice.testing.TestRegistry;
import dev.sluice.testing.TokenServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Secrets are logged at no level: pulls with every kind of credential, good and bad, with
 * every logger at TRACE, after which none of the secrets, in any form that went over a
 * wire, is in the log, in an answer, or in what management shows.
 */
class LogSecrecyTests {

	private static final TestImage IMAGE = TestImage.random();

	private static final List<String> SECRETS = List.of("basic-s3cret", "token-s3cret", "refresh-s3cret",
			"registry-s3cret", "header-s3cret", "extra-s3cret", "proxy-s3cret", base64("robot:basic-s3cret"),
			base64("robot:token-s3cret"), base64("egress:proxy-s3cret"), base64("robot:refresh-s3cret"));

	private final TokenServer tokens = TokenServer.start()
		.user("robot", "token-s3cret", "acme/*")
		.refreshToken("refresh-s3cret", "robot");

	private final BlobHost blobs = BlobHost.start();

	private final TestRegistry basic = TestRegistry.basic("robot", "basic-s3cret").push("acme/app", "1", IMAGE);

	private final TestRegistry token = TestRegistry.token(this.tokens)
		.push("acme/app", "1", IMAGE)
		.redirectBlobsTo(this.blobs);

	private final TestRegistry identity = TestRegistry.token(this.tokens).push("acme/app", "1", IMAGE);

	private final TestRegistry bearer = TestRegistry.open().push("acme/app", "1", IMAGE);

	private final List<AutoCloseable> open = new ArrayList<>();

	@BeforeEach
	void keep() {
		this.open.addAll(List.of(this.tokens, this.blobs, this.basic, this.token, this.identity, this.bearer));
	}

	@AfterEach
	void close() throws Exception {
		for (AutoCloseable closeable : this.open.reversed()) {
			closeable.close();
		}
	}

	@Test
	void noSecretIsLoggedOrShown(@TempDir Path directory) throws Exception {
		RunningSluice sluice = start(directory);
		TestClient client = TestClient.of(sluice.uri("").toString());
		this.open.addAll(List.of(sluice, client));
		List<String> said = new ArrayList<>();
		try (LogCapture log = LogCapture.ofEverything()) {
			pullAll(client, said);
			failAll(client, said);
			log.awaitAccessLine("registry=proxied.example.test");
			assertThat(log.entries()).as("everything is listened to")
				.anyMatch((entry) -> entry.logger().startsWith("reactor.netty.http.client"))
				.anyMatch((entry) -> entry.logger().startsWith("org.springframework"));
			log.entries().forEach((entry) -> said.add(entry.toString()));
		}
		said.addAll(management(sluice));
		said.addAll(beans(sluice));
		List<String> secrets = secretsUsed();
		assertThat(secrets).as("tokens and signatures were used").hasSizeGreaterThan(SECRETS.size() + 3);
		assertThat(said).allSatisfy((text) -> assertThat(text).doesNotContain(secrets));
	}

	private RunningSluice start(Path directory) throws IOException {
		Path config = Files.writeString(directory.resolve("config.json"), """
				{"auths": {"%s": {"auth": "%s"},
					"%s": {"username": "robot", "password": "token-s3cret"},
					"%s": {"auth": "%s", "identitytoken": "refresh-s3cret"},
					"%s": {"registrytoken": "registry-s3cret"}},
				"HttpHeaders": {"X-Meta": "header-s3cret"}}
				""".formatted(this.basic.authority(), base64("robot:basic-s3cret"), this.token.authority(),
				this.identity.authority(), base64("robot:"), this.bearer.authority()));
		return RunningSluice.start("sluice.credentials.docker-config=" + config,
				"sluice.upstreams[0].name=basic.example.test", "sluice.upstreams[0].endpoints=" + this.basic.url(),
				"sluice.upstreams[0].headers.X-Extra=extra-s3cret", "sluice.upstreams[1].name=token.example.test",
				"sluice.upstreams[1].endpoints=" + this.token.url(), "sluice.upstreams[2].name=identity.example.test",
				"sluice.upstreams[2].endpoints=" + this.identity.url(), "sluice.upstreams[3].name=bearer.example.test",
				"sluice.upstreams[3].endpoints=" + this.bearer.url(), "sluice.upstreams[4].name=proxied.example.test",
				"sluice.upstreams[4].endpoints=http://registry.example.test",
				"sluice.upstreams[4].proxy.url=http://egress:proxy-s3cret@127.0.0.1:" + refusingProxy());
	}

	/** An egress proxy that answers 407 to any login. */
	private int refusingProxy() throws IOException {
		ServerSocket server = new ServerSocket(0);
		this.open.add(server);
		Thread.ofVirtual().start(() -> {
			while (!server.isClosed()) {
				try (var socket = server.accept()) {
					socket.getInputStream().read(new byte[4096]);
					socket.getOutputStream()
						.write("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"
							.getBytes(StandardCharsets.US_ASCII));
				}
				catch (IOException ex) {
					// closed
				}
			}
		});
		return server.getLocalPort();
	}

	private static void pullAll(TestClient client, List<String> said) throws Exception {
		for (String name : List.of("basic", "token", "identity", "bearer")) {
			for (String path : List.of("manifests/1", "blobs/" + IMAGE.layer(0).digest(), "tags/list")) {
				var answer = client.get("/v2/" + name + ".example.test/acme/app/" + path, "Authorization",
						"Bearer client-s3cret", "Cookie", "session=client-s3cret");
				assertThat(answer.statusCode()).as(name + " " + path + TestClient.text(answer)).isEqualTo(200);
				said.add(answer.headers().map().toString());
			}
		}
		assertThat(client.get("/v2/proxied.example.test/acme/app/manifests/1").statusCode()).isEqualTo(502);
	}

	private void failAll(TestClient client, List<String> said) throws Exception {
		this.tokens.revokeAll();
		this.tokens.misbehave(Matching.any(), Misbehaviour.answer(401, "application/json",
				"{\"errors\":[{\"code\":\"DENIED\",\"message\":\"wrong: token-s3cret refresh-s3cret\"}]}"));
		this.blobs.expireUrls();
		this.blobs.misbehave(Matching.any(), 1, Misbehaviour.hangUp());
		this.basic.misbehave(Matching.any(), Misbehaviour.status(401));
		for (String name : List.of("basic", "token", "identity", "bearer")) {
			for (String path : List.of("manifests/2", "blobs/" + IMAGE.layer(1).digest())) {
				var answer = client.get("/v2/" + name + ".example.test/acme/app/" + path);
				said.add(answer.headers().map() + TestClient.text(answer));
			}
		}
	}

	private static List<String> management(RunningSluice sluice) throws Exception {
		List<String> shown = new ArrayList<>();
		try (TestClient client = TestClient.of(sluice.managementUri("").toString())) {
			for (String path : List.of("", "/health", "/prometheus", "/env", "/configprops", "/beans")) {
				shown.add(TestClient.text(client.get("/actuator" + path)));
			}
		}
		return shown;
	}

	private static List<String> beans(RunningSluice sluice) {
		return sluice.beans().stream().map(String::valueOf).toList();
	}

	private List<String> secretsUsed() {
		List<String> secrets = new ArrayList<>(SECRETS);
		secrets.add("client-s3cret");
		this.token.requests().all().forEach((request) -> authorization(request).ifPresent(secrets::add));
		this.identity.requests().all().forEach((request) -> authorization(request).ifPresent(secrets::add));
		this.blobs.requests().all().forEach((request) -> request.parameter("X-Signature").ifPresent(secrets::add));
		return secrets;
	}

	private static Optional<String> authorization(RecordedRequest request) {
		return request.header("Authorization").map((value) -> value.substring(value.indexOf(' ') + 1));
	}

	private static String base64(String text) {
		return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
	}

}
