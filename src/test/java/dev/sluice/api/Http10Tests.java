package dev.sluice.api;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

import dev.sluice.testing.LogCapture;
import dev.sluice.testing.Matching;
import dev.sluice.testing.Misbehaviour;
import dev.sluice.testing.RawAnswer;
import dev.sluice.testing.RunningSluice;
import dev.sluice.testing.TestContent;
import dev.sluice.testing.TestImage;
import dev.sluice.testing.TestRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Clients of HTTP/1.0, reverse proxies with their defaults among them: they know no
 * chunks, so a body whose length nobody knows ends with the connection.
 */
@Timeout(60)
class Http10Tests {

	private static final TestImage IMAGE = TestImage.random();

	private static final TestContent BLOB = TestContent.random(300_000);

	private static final String REPOSITORY = "/v2/registry.test/acme/app/";

	private static TestRegistry registry;

	private static RunningSluice sluice;

	@BeforeAll
	static void start() {
		registry = TestRegistry.open().push("acme/app", "1", IMAGE).push("acme/app", BLOB);
		sluice = RunningSluice.start("sluice.upstreams[0].name=registry.test",
				"sluice.upstreams[0].endpoints=" + registry.url());
	}

	@AfterAll
	static void stop() {
		sluice.close();
		registry.close();
	}

	@AfterEach
	void behave() {
		registry.behave();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "Connection: close\r\n", "Connection: keep-alive\r\n" })
	void areSentNoChunksButTheEndOfTheConnection(String connection) throws IOException {
		registry.misbehave(Matching.any(), Misbehaviour.without("Content-Length"));
		RawAnswer tags = ask("GET", REPOSITORY + "tags/list", connection);
		assertUnframed(tags);
		assertThat(tags.body()).isEqualTo("{\"name\":\"acme/app\",\"tags\":[\"1\"]}");
		RawAnswer blob = ask("GET", REPOSITORY + "blobs/" + BLOB.digest(), connection);
		assertUnframed(blob);
		assertThat(blob.body().getBytes(StandardCharsets.ISO_8859_1)).isEqualTo(BLOB.bytes());
		RawAnswer head = ask("HEAD", REPOSITORY + "tags/list", connection);
		assertThat(head.status()).isEqualTo(200);
		assertThat(head.values("Transfer-Encoding")).isEmpty();
		assertThat(head.body()).isEmpty();
	}

	private static void assertUnframed(RawAnswer answer) {
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.values("Transfer-Encoding")).isEmpty();
		assertThat(answer.values("Content-Length")).isEmpty();
		assertThat(answer.values("Connection")).containsExactly("close");
	}

	@Test
	void seeThatWhatBreaksOffIsNoEnd() throws IOException {
		registry.misbehave(Matching.blobs(), Misbehaviour.without("Content-Length"));
		registry.misbehave(Matching.blobs(), Misbehaviour.shortAt(100_000));
		URI uri = sluice.uri("");
		try (LogCapture log = LogCapture.asUsersSeeIt(); Socket socket = new Socket(uri.getHost(), uri.getPort())) {
			socket.setSoTimeout(10_000);
			socket.getOutputStream()
				.write(("GET " + REPOSITORY + "blobs/" + BLOB.digest() + " HTTP/1.0\r\n\r\n")
					.getBytes(StandardCharsets.US_ASCII));
			assertThatExceptionOfType(SocketException.class)
				.isThrownBy(() -> socket.getInputStream().transferTo(OutputStream.nullOutputStream()));
			assertThat(log.awaitAccessLine(BLOB.digest())).contains("status=200", "end=cut-short");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/v2/", "/v2/registry.test/acme/app/manifests/1", "/v2/registry.test/acme/app/tags/list" })
	void keepTheirConnectionWhereTheEndIsKnown(String path) throws IOException {
		RawAnswer both = RawAnswer.to(sluice.uri(""),
				request("GET", path, "Connection: keep-alive\r\n") + request("GET", "/v2/", ""));
		String all = both.head() + "\r\n\r\n" + both.body();
		assertThat(all.split("HTTP/1\\.[01] \\d", -1)).as(all).hasSize(3);
		assertThat(all).endsWith("\r\n\r\n{}").doesNotContainIgnoringCase("transfer-encoding");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/v2/registry.test/acme/app/manifests/none", "/nowhere", "/v2/other.test/a/manifests/1" })
	void areToldWhatWentWrong(String path) throws IOException {
		for (String connection : List.of("", "Connection: keep-alive\r\n")) {
			RawAnswer answer = ask("GET", path, connection);
			assertThat(answer.status()).isEqualTo(404);
			assertThat(answer.values("Transfer-Encoding")).isEmpty();
			assertThat(answer.values("Content-Length")).containsExactly(Long.toString(answer.bodyLength()));
		}
	}

	@Test
	void areToldWhatTheyHaveAlready() throws IOException {
		RawAnswer answer = ask("GET", REPOSITORY + "manifests/1", "If-None-Match: \"" + IMAGE.digest() + "\"\r\n");
		assertThat(answer.status()).isEqualTo(304);
		assertThat(answer.values("Transfer-Encoding")).isEmpty();
		assertThat(answer.body()).isEmpty();
	}

	@Test
	void areSentNoChunksByTheManagementEither() throws IOException {
		for (String path : List.of("/actuator/health", "/actuator/prometheus", "/actuator", "/nowhere")) {
			for (String connection : List.of("", "Connection: close\r\n")) {
				RawAnswer answer = RawAnswer.to(sluice.managementUri(""), request("GET", path, connection));
				assertThat(answer.values("Transfer-Encoding")).as(path).isEmpty();
				assertThat(answer.body()).as(path).isNotEmpty();
			}
		}
	}

	@Test
	void leaveOtherClientsTheirChunks() throws IOException {
		registry.misbehave(Matching.any(), Misbehaviour.without("Content-Length"));
		RawAnswer tags = RawAnswer.of(sluice.uri(""), "GET " + REPOSITORY + "tags/list HTTP/1.1", "Connection: close");
		assertThat(tags.values("Transfer-Encoding")).containsExactly("chunked");
	}

	private static RawAnswer ask(String method, String path, String headers) throws IOException {
		return RawAnswer.to(sluice.uri(""), request(method, path, headers));
	}

	private static String request(String method, String path, String headers) {
		return method + " " + path + " HTTP/1.0\r\n" + headers + "\r\n";
	}

}
