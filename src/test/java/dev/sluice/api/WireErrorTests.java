package dev.sluice.api;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;

import dev.sluice.testing.Gate;
import dev.sluice.testing.LogCapture;
import dev.sluice.testing.Matching;
import dev.sluice.testing.Misbehaviour;
import dev.sluice.testing.RawAnswer;
import dev.sluice.testing.RunningSluice;
import dev.sluice.testing.TestImage;
import dev.sluice.testing.TestRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Bytes that are no request, or none by the book: what can be understood is, and the rest
 * is answered and logged as any other failure.
 */
@Timeout(60)
class WireErrorTests {

	private static final String TAGS = "/v2/registry.test/acme/app/tags/list";

	private static TestRegistry registry;

	private static RunningSluice sluice;

	private LogCapture log;

	@BeforeAll
	static void start() {
		registry = TestRegistry.open().push("acme/app", "1", TestImage.random());
		sluice = RunningSluice.start("sluice.upstreams[0].name=registry.test",
				"sluice.upstreams[0].endpoints=" + registry.url());
	}

	@AfterAll
	static void stop() {
		sluice.close();
		registry.close();
	}

	@BeforeEach
	void capture() {
		this.log = LogCapture.asUsersSeeIt();
		registry.requests().clear();
	}

	@AfterEach
	void close() {
		this.log.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET /v2/%zz/manifests/1 HTTP/1.1", "GET /v2/% HTTP/1.1", "GET /v2/%4 HTTP/1.1",
			"GET /v2/ NONSENSE/9", "GET /v2/ HTTP/2.0", "GET /v2/ HTTP/0.9", "GET /v2/", "GET", "GET v2 HTTP/1.1",
			"PRI * HTTP/2.0", "GET /v2/a b HTTP/1.1", "GET \u0000 HTTP/1.1",
			"\u0016\u0003\u0001\u0002\u0000\u0001\u0000", "\u0080.\u0001\u0000\u0002", "GET ftp://h/v2/ HTTP/1.1",
			"GET /v2/ HTTP/1.1 x", "G\u0000T /v2/ HTTP/1.1" })
	void whatIsNoRequestIsABadRequest(String line) throws IOException {
		RawAnswer answer = ask(line, "Host: localhost", "User-Agent: odd/1");
		assertFailure(answer, 400, "UNSUPPORTED");
		assertThat(this.log.awaitAccessLine("status=400")).contains("UnreadableRequest", "client=127.0.0.1");
		assertThat(this.log.entries()).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "No-Colon", "Na me: x", ": x", "Na\u0000me: x", "X: a\u0000b", "Content-Length: x",
			"Content-Length: -1", "Content-Length: 1, 2", "Transfer-Encoding: gzip", "X: a\u000bb" })
	void aHeaderThatIsNoneIsABadRequestOrNobodysMatter(String header) throws IOException {
		RawAnswer answer = ask("GET " + TAGS + " HTTP/1.1", "Host: localhost", header);
		assertThat(answer.status()).isIn(200, 400);
		if (answer.status() == 400) {
			assertFailure(answer, 400, "UNSUPPORTED");
		}
		assertThat(this.log.awaitAccessLine("status=" + answer.status())).contains("path=");
	}

	@Test
	void aLineMayHave16KiB() throws IOException {
		String line = "GET " + TAGS + "?last=";
		String end = " HTTP/1.1";
		String longest = line + "x".repeat(16 * 1024 - line.length() - end.length()) + end;
		assertThat(ask(longest, "Host: localhost").status()).isEqualTo(200);
		assertThat(registry.requests().last().query()).hasSizeGreaterThan(16_000);
		assertFailure(ask("GET " + TAGS + "?last=" + "x".repeat(17 * 1024) + end, "Host: localhost"), 414,
				"UNSUPPORTED");
		assertThat(this.log.awaitAccessLine("status=414")).contains("UnreadableRequest");
	}

	@Test
	void headersMayHave16KiB() throws IOException {
		assertThat(ask("GET /v2/ HTTP/1.1", "Host: localhost", "X: " + "x".repeat(16_000)).status()).isEqualTo(200);
		assertFailure(ask("GET " + TAGS + " HTTP/1.1", "Host: localhost", "X: " + "x".repeat(17 * 1024)), 431,
				"UNSUPPORTED");
		assertThat(this.log.awaitAccessLine("status=431")).contains("path=" + TAGS);
		assertFailure(
				RawAnswer.to(sluice.managementUri(""),
						"GET /actuator/health HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(17 * 1024) + "\r\n\r\n"),
				431, "UNSUPPORTED");
	}

	/** Each line of three bytes costs a hundred in memory. */
	@Test
	void aHundredHeaderLinesAreEnough() throws IOException {
		assertThat(
				RawAnswer
					.to(sluice.uri(""),
							"GET /v2/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + "a:\r\n".repeat(98)
									+ "\r\n")
					.status())
			.isEqualTo(200);
		for (URI port : List.of(sluice.uri(""), sluice.managementUri(""))) {
			assertFailure(
					RawAnswer.to(port, "GET /v2/ HTTP/1.1\r\nHost: localhost\r\n" + "a:\r\n".repeat(100) + "\r\n"), 431,
					"UNSUPPORTED");
			assertFailure(RawAnswer.to(port, "GET /v2/ HTTP/1.1\r\nHost: localhost\r\n" + "a:\r\n".repeat(4000)), 431,
					"UNSUPPORTED");
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '~',
			value = { "|[]{}^\"<>`\\ ~ %7C%5B%5D%7B%7D%5E%22%3C%3E%60%5C",
					"a%2Fb%7e+c!$'()*,;:@/? ~ a%2Fb%7e+c!$'()*,;:@/?", "% ~ %25", "%zz ~ %25zz", "50%25 ~ 50%25",
					"gr\u00c3\u00b6\u00c3\u009fer ~ gr%C3%B6%C3%9Fer", "\u00ff ~ %FF", "a#b ~ a%23b" })
	void whatClientsSendRawInAQueryIsUnderstood(String raw, String sent) throws IOException {
		RawAnswer answer = ask("GET " + TAGS + "?last=" + raw + "&n=1 HTTP/1.1", "Host: localhost");
		assertThat(answer.status()).isEqualTo(200);
		assertThat(registry.requests().last().query()).isEqualTo("last=" + sent + "&n=1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a|b", "[a]", "{a}", "a^b", "a\"b", "<a>", "a\\b", "gr\u00c3\u00b6\u00c3\u009fer", "a#b",
			"a`b", "a%7Cb", "%5Ba%5D", "%00", "%0d%0aX: y" })
	void whatClientsSendRawInAPathNamesNoManifest(String tag) throws IOException {
		RawAnswer answer = ask("GET /v2/registry.test/acme/app/manifests/" + tag.replace(" ", "%20") + " HTTP/1.1",
				"Host: localhost");
		assertFailure(answer, 404, "MANIFEST_UNKNOWN");
		assertThat(this.log.awaitAccessLine("/manifests/")).contains("status=404");
		assertThat(registry.requests().count()).isZero();
	}

	@ParameterizedTest
	@CsvSource({ ".INVALID_MANIFEST_NAME, manifests, 404, MANIFEST_UNKNOWN",
			"sha256:abc, manifests, 404, MANIFEST_UNKNOWN", "sha256:abc, blobs, 400, DIGEST_INVALID",
			"md5:abc, referrers, 400, DIGEST_INVALID" })
	void illFormedReferencesAreAnsweredAsRegistriesDo(String reference, String kind, int status, String code)
			throws IOException {
		assertFailure(ask("GET /v2/registry.test/acme/app/" + kind + "/" + reference + " HTTP/1.1", "Host: localhost"),
				status, code);
		assertThat(RawAnswer
			.to(sluice.uri(""),
					"HEAD /v2/registry.test/acme/app/" + kind + "/" + reference
							+ " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
			.status()).isEqualTo(status);
	}

	@Test
	void otherMethodsThanPullsHaveAreNotAllowedWhateverTheirTarget() throws IOException {
		for (String line : new String[] { "OPTIONS * HTTP/1.1", "DELETE " + TAGS + " HTTP/1.1", "get /v2/ HTTP/1.1",
				"TRACE /v2/ HTTP/1.1", "PROPFIND /v2/ HTTP/1.1", "POST http://localhost/v2/ HTTP/1.1" }) {
			assertFailure(ask(line, "Host: localhost"), 405, "UNSUPPORTED");
		}
		assertThat(ask("CONNECT localhost:443 HTTP/1.1", "Host: localhost:443").status()).isIn(400, 405);
		assertThat(this.log.awaitAccessLine("CONNECT")).contains("status=4");
	}

	@Test
	void requestsInOneGoAreAnsweredInTheirOrderAlsoOneThatIsNone() throws IOException {
		RawAnswer answer = RawAnswer.to(sluice.uri(""),
				"GET /v2/ HTTP/1.1\r\nHost: localhost\r\n\r\n" + "GET /nowhere HTTP/1.1\r\nHost: localhost\r\n\r\n"
						+ "GET " + TAGS + " HTTP/1.1\r\nHost: evil.example\r\n\r\n"
						+ "GET /v2/%zz HTTP/1.1\r\nHost: localhost\r\n\r\n" + "nonsense\r\n\r\n");
		String all = answer.head() + answer.body();
		assertThat(all.lines()
			.filter((line) -> line.matches(".*HTTP/1.1 \\d\\d\\d .*"))
			.map((line) -> line.replaceAll(".*HTTP/1.1 ", ""))
			.toList()).containsExactly("200 OK", "404 Not Found", "403 Forbidden", "400 Bad Request");
		assertThat(all.lines().filter((line) -> line.equalsIgnoreCase("X-Content-Type-Options: nosniff"))).hasSize(4);
	}

	@Test
	void theLastOfSeveralRequestsInOneGoIsAnsweredThoughItEndsTheConnection() throws IOException {
		RawAnswer answer = RawAnswer.to(sluice.uri(""),
				("GET " + TAGS + " HTTP/1.1\r\nHost: localhost\r\n\r\n").repeat(3)
						+ "GET /v2/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
						+ "GET /v2/ HTTP/1.1\r\n");
		assertThat((answer.head() + answer.body()).split("HTTP/1.1 200 OK", -1)).hasSize(5);
	}

	@Test
	void whoeverAsksAHundredTimesInOneGoIsLetGo() throws IOException {
		registry.misbehave(Matching.any(), Misbehaviour.heldUntil(new Gate()));
		try {
			RawAnswer answer = RawAnswer.to(sluice.uri(""), "GET " + TAGS + " HTTP/1.1\r\nHost: localhost\r\n\r\n"
					+ "GET / HTTP/1.1\r\nHost:\r\n\r\n".repeat(500));
			assertThat(answer.head()).isEmpty();
			registry.awaitCancelled("/tags/", Duration.ofSeconds(30));
		}
		finally {
			registry.behave();
		}
	}

	@Test
	void everyAnswerHasADateAndIsTakenForWhatItIs() throws IOException {
		for (String target : new String[] { "/v2/", TAGS, "/nowhere", "/v2/registry.test/acme/app/manifests/1",
				"/v2/registry.test/acme/app/manifests/none", "/v2/%zz" }) {
			assertCommon(ask("GET " + target + " HTTP/1.1", "Host: localhost"));
		}
		URI management = sluice.managementUri("");
		for (String target : new String[] { "/actuator/health", "/actuator/prometheus", "/actuator/explain",
				"/actuator", "/nowhere", "/%zz", "/favicon.ico" }) {
			assertCommon(RawAnswer.to(management,
					"GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
		}
		assertCommon(RawAnswer.to(management, "nonsense\r\n\r\n"));
	}

	private static void assertCommon(RawAnswer answer) {
		assertThat(answer.values("X-Content-Type-Options")).as(answer.head()).containsExactly("nosniff");
		assertThat(answer.values("Date")).hasSize(1)
			.first()
			.asString()
			.matches("(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \\d\\d [A-Z][a-z]{2} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT");
		assertThat(answer.values("Content-Type")).noneMatch((type) -> type.contains("html"));
	}

	private static void assertFailure(RawAnswer answer, int status, String code) {
		assertThat(answer.status()).as(answer.body()).isEqualTo(status);
		assertThat(answer.values("Content-Type")).containsExactly("application/json");
		JsonNode errors = JsonMapper.shared().readTree(answer.body()).path("errors");
		assertThat(errors.path(0).path("code").asString()).isEqualTo(code);
		assertThat(errors.path(0).path("message").asString()).isNotBlank();
	}

	private static RawAnswer ask(String line, String... headers) throws IOException {
		return RawAnswer.to(sluice.uri(""),
				line + "\r\n" + String.join("\r\n", headers) + "\r\nConnection: close\r\n\r\n");
	}

}
