package dev.sluice.api;

import java.io.IOException;
import java.net.URI;
import java.util.List;

import dev.sluice.testing.LogCapture;
import dev.sluice.testing.RawAnswer;
import dev.sluice.testing.RunningSluice;
import dev.sluice.testing.TestImage;
import dev.sluice.testing.TestRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who is let in at both ports: nobody's page, neither by a name that it has resolve to
 * this machine nor by its origin.
 */
@Timeout(60)
class FrontDoorTests {

	private static final String MANIFEST = "/v2/registry.test/acme/app/manifests/1";

	private static TestRegistry registry;

	/** Listens on loopback. */
	private static RunningSluice local;

	/** Listens on all addresses. */
	private static RunningSluice open;

	/** Listens on all addresses and knows its own names. */
	private static RunningSluice named;

	@BeforeAll
	static void start() {
		registry = TestRegistry.open().push("acme/app", "1", TestImage.random());
		local = sluice();
		open = sluice("server.address=0.0.0.0", "management.server.address=0.0.0.0", "sluice.access.open=true");
		named = sluice("server.address=0.0.0.0", "management.server.address=0.0.0.0", "sluice.access.open=true",
				"sluice.host-names=mirror.corp.test,cache.corp.test:8443");
	}

	private static RunningSluice sluice(String... properties) {
		List<String> all = new java.util.ArrayList<>(
				List.of("sluice.upstreams[0].name=registry.test", "sluice.upstreams[0].endpoints=" + registry.url(),
						"sluice.upstreams[0].hosts=images.corp.test,other.corp.test:8080"));
		all.addAll(List.of(properties));
		return RunningSluice.start(all.toArray(String[]::new));
	}

	@AfterAll
	static void stop() {
		List.of(local, open, named).forEach(RunningSluice::close);
		registry.close();
	}

	@BeforeEach
	void forget() {
		registry.requests().clear();
	}

	@ParameterizedTest
	@ValueSource(strings = { "localhost", "LocalHost:5050", "localhost.", "localhost.:5050", "localhost:",
			"a.localhost", "a.b.LOCALHOST:1", "127.0.0.1", "127.0.0.1:99", "127.0.0.1.", "10.1.2.3:5051", "127.1",
			"2130706433", "[::1]", "[::1]:5050", "[fe80::1]", "[2001:DB8::1]:443", "[::ffff:127.0.0.1]",
			"host.docker.internal:5050", "host.containers.internal", "host.minikube.internal", "images.corp.test",
			"Images.Corp.Test.:5050", "other.corp.test", "" })
	void comingByALocalNameAnAddressOrAClaimedHostIsServed(String host) throws IOException {
		for (RunningSluice sluice : List.of(local, open, named)) {
			assertThat(ask(sluice.uri(""), "/v2/", "Host: " + host).status()).as(host).isEqualTo(200);
			assertThat(ask(sluice.managementUri(""), "/actuator/health/readiness", "Host: " + host).status()).as(host)
				.isEqualTo(200);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "evil.example", "evil.example:5050", "EVIL.example.", "127.0.0.1.evil.example",
			"127.0.0.1.nip.io:5050", "localhost.evil.example", "evil-localhost", "xlocalhost", "localhost.example",
			"registry.test", "ghcr.io", "internal", "xhost.docker.internal", "images.corp.test.evil.example", "my_host",
			"1.2.3.4a", "0x7f.0x0.0x0.0xg" })
	void comingByAnotherNameIsRefusedWhileListeningOnLoopback(String host) throws IOException {
		try (LogCapture log = LogCapture.asUsersSeeIt()) {
			RawAnswer answer = ask(local.uri(""), MANIFEST, "Host: " + host);
			assertThat(answer.status()).isEqualTo(403);
			assertThat(answer.body()).contains("\"DENIED\"", "sluice.host-names");
			assertThat(log.awaitAccessLine(MANIFEST)).contains("status=403", "ForeignRequest");
		}
		RawAnswer management = ask(local.managementUri(""), "/actuator/health", "Host: " + host);
		assertThat(management.status()).isEqualTo(403);
		assertThat(management.body()).contains("sluice.host-names").doesNotContain("upstreams");
		RawAnswer explain = ask(local.managementUri(""), "/actuator/explain?image=registry.test/acme/app:1",
				"Host: " + host);
		assertThat(explain.status()).isEqualTo(403);
		assertThat(registry.requests().count()).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "mirror.corp.test, 200", "MIRROR.corp.test:5050, 200", "cache.corp.test, 200",
			"cache.corp.test:8443, 200", "evil.example, 403", "127.0.0.1.evil.example, 403", "corp.test, 403" })
	void ownNamesAreServedAndNoOthersOnceThereAreAny(String host, int status) throws IOException {
		assertThat(ask(named.uri(""), MANIFEST, "Host: " + host).status()).isEqualTo(status);
		assertThat(ask(named.managementUri(""), "/actuator/prometheus", "Host: " + host).status()).isEqualTo(status);
	}

	@Test
	void anyNameIsServedOnOtherAddressesUnlessOwnNamesAreKnown() throws IOException {
		assertThat(ask(open.uri(""), MANIFEST, "Host: sluice.infra.svc:5050").status()).isEqualTo(200);
		assertThat(ask(open.managementUri(""), "/actuator/health", "Host: sluice.infra.svc:5051").status())
			.isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "a b", "a/b", "user@localhost", "localhost:x", "localhost:99999", "localhost:-1", "[::1",
			"[zz]", "[::1]x", "localhost,evil.example", "\u00e9.example", "%6cocalhost", ":5050", "localhost?", "[]",
			"localhost#", "localhost\\evil", "..", "localhost..", "\u001c" })
	void comingByWhatIsNoHostIsABadRequest(String host) throws IOException {
		for (URI port : List.of(local.uri(""), local.managementUri(""), open.uri(""))) {
			assertThat(ask(port, MANIFEST, "Host: " + host).status()).as(host).isEqualTo(400);
		}
		assertThat(registry.requests().count()).isZero();
	}

	@Test
	void hostIsNeededOnceFromHttp11On() throws IOException {
		assertThat(ask(local.uri(""), "/v2/").status()).isEqualTo(400);
		assertThat(ask(local.uri(""), "/v2/", "Host: localhost", "Host: localhost").status()).isEqualTo(400);
		assertThat(ask(local.uri(""), "/v2/", "Host: localhost", "Host: evil.example").status()).isEqualTo(400);
		assertThat(ask(local.uri(""), "/v2/", "Host: localhost", " evil.example").status()).isEqualTo(400);
		assertThat(RawAnswer.to(local.uri(""), "GET /v2/ HTTP/1.0\r\n\r\n").status()).isEqualTo(200);
		assertThat(RawAnswer.to(local.uri(""), "GET /v2/ HTTP/1.0\r\nHost: evil.example\r\n\r\n").status())
			.isEqualTo(403);
	}

	@Test
	void theTargetsOwnHostCountsInsteadOfTheHeader() throws IOException {
		assertThat(ask(local.uri(""), "http://evil.example/v2/", "Host: localhost").status()).isEqualTo(403);
		assertThat(ask(local.uri(""), "http://evil.example:80/v2/", "Host: localhost").status()).isEqualTo(403);
		assertThat(ask(local.uri(""), "http://localhost/v2/", "Host: evil.example").status()).isEqualTo(200);
		assertThat(ask(local.uri(""), "HTTP://LOCALHOST:5050/v2/", "Host: localhost").status()).isEqualTo(200);
		assertThat(ask(local.uri(""), "https://[::1]" + MANIFEST, "Host: localhost").status()).isEqualTo(200);
		assertThat(ask(local.uri(""), "http://user@localhost/v2/", "Host: localhost").status()).isEqualTo(400);
		assertThat(RawAnswer.to(local.uri(""), "GET http://localhost/v2/ HTTP/1.0\r\n\r\n").status()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "http:///v2/", "http://", "https:///v2/", "http://?a=b", "http://:80/v2/", "HTTP:///v2/" })
	void aTargetWithoutAHostIsABadRequest(String target) throws IOException {
		assertThat(ask(local.uri(""), target, "Host: localhost").status()).isEqualTo(400);
	}

	@Test
	void zerosBeforeAPortMeanNothing() throws IOException {
		assertThat(ask(local.uri(""), "/v2/", "Host: localhost:005050").status()).isEqualTo(200);
		assertThat(ask(local.uri(""), "/v2/", "Host: localhost:0099999").status()).isEqualTo(400);
		assertThat(ask(local.uri(""), "/v2/", "Host: localhost:9999999999999999").status()).isEqualTo(400);
	}

	@Test
	void theTargetsOwnHostMendsNoHostHeader() throws IOException {
		String target = "http://localhost/v2/";
		assertThat(ask(local.uri(""), target).status()).isEqualTo(400);
		assertThat(ask(local.uri(""), target, "Host: localhost", "Host: localhost").status()).isEqualTo(400);
		assertThat(ask(local.uri(""), target, "Host: localhost", "Host: evil.example").status()).isEqualTo(400);
		assertThat(ask(local.uri(""), target, "Host: a b").status()).isEqualTo(400);
		assertThat(ask(local.uri(""), target, "Host: user@localhost").status()).isEqualTo(400);
		assertThat(ask(local.uri(""), target, "Host:").status()).isEqualTo(200);
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-", value = { "localhost:5050, null", "localhost:5050, http://evil.example",
			"localhost:5050, http://localhost:1", "localhost:5050, http://localhost",
			"localhost:5050, http://127.0.0.1:5050", "localhost, https://a", "localhost:80, https://localhost",
			"localhost:443, http://localhost", "localhost, localhost",
			"localhost, http://localhost http://evil.example", "localhost, http://localhost/path", "localhost, ''",
			"127.0.0.1:5050, http://127.0.0.1.evil.example:5050", "[::1]:5050, http://[::2]:5050", "localhost, http://",
			"localhost, http://localhost:x", "'', http://localhost" })
	void aPageOfAnotherOriginIsRefusedEverywhere(String host, String origin) throws IOException {
		for (RunningSluice sluice : List.of(local, open, named)) {
			RawAnswer answer = ask(sluice.uri(""), MANIFEST, "Host: " + host, "Origin: " + origin);
			assertThat(answer.status()).isEqualTo(403);
			assertThat(answer.body()).contains("\"DENIED\"", "origin");
			assertThat(ask(sluice.managementUri(""), "/actuator/health", "Host: " + host, "Origin: " + origin).status())
				.isEqualTo(403);
		}
		assertThat(registry.requests().count()).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "localhost:5050, http://localhost:5050", "LOCALHOST:5050, http://localhost:5050",
			"localhost, http://localhost", "localhost, https://localhost", "localhost, http://localhost:80",
			"localhost, https://localhost:443", "localhost:443, https://localhost", "localhost:80, http://localhost.",
			"[::1]:5050, http://[::1]:5050", "127.0.0.1:5050, https://127.0.0.1:5050" })
	void aPageOfSluicesOwnIsServed(String host, String origin) throws IOException {
		assertThat(ask(local.uri(""), MANIFEST, "Host: " + host, "Origin: " + origin).status()).isEqualTo(200);
	}

	@Test
	void eachOriginCounts() throws IOException {
		assertThat(
				ask(local.uri(""), "/v2/", "Host: localhost", "Origin: http://localhost", "Origin: http://evil.example")
					.status())
			.isEqualTo(403);
	}

	@Test
	void aPreflightIsAnsweredAsAnyRequestThatIsNoPull() throws IOException {
		try (LogCapture log = LogCapture.asUsersSeeIt()) {
			RawAnswer answer = RawAnswer.to(local.uri(""),
					"OPTIONS /v2/ HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\n"
							+ "Access-Control-Request-Method: PUT\r\nConnection: close\r\n\r\n");
			assertThat(answer.status()).isEqualTo(405);
			assertThat(answer.values("Access-Control-Allow-Origin")).isEmpty();
			assertThat(log.awaitAccessLine("OPTIONS")).contains("status=405");
		}
		assertThat(RawAnswer
			.to(local.uri(""),
					"OPTIONS /v2/ HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil.example\r\n"
							+ "Access-Control-Request-Method: PUT\r\nConnection: close\r\n\r\n")
			.status()).isEqualTo(403);
	}

	@Test
	void whatTheRefusalIsCarriedByIsNobodysToSend() throws IOException {
		assertThat(ask(local.uri(""), "/v2/", "Host: localhost", "x-sluice-refusal: FOREIGN_HOST").status())
			.isEqualTo(200);
		assertThat(ask(local.uri(""), "/v2/", "Host: evil.example", "X-Sluice-Refusal: nonsense").status())
			.isEqualTo(403);
	}

	private static RawAnswer ask(URI port, String target, String... headers) throws IOException {
		String lines = (headers.length > 0) ? String.join("\r\n", headers) + "\r\n" : "";
		return RawAnswer.to(port, "GET " + target + " HTTP/1.1\r\n" + lines + "Connection: close\r\n\r\n");
	}

}
