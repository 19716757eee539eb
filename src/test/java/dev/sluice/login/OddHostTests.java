package dev.sluice.login;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

import dev.sluice.testing.Answer;
import dev.sluice.testing.Listener;
import dev.sluice.testing.LoopbackNames;
import dev.sluice.testing.Matching;
import dev.sluice.testing.Misbehaviour;
import dev.sluice.testing.RecordedRequest;
import dev.sluice.testing.RunningSluice;
import dev.sluice.testing.TestCertificates;
import dev.sluice.testing.TestClient;
import dev.sluice.testing.TestImage;
import dev.sluice.testing.TestRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Token realms and registries' own names as the field writes them, which
 * {@link java.net.URI} doesn't take.
 */
@Timeout(60)
class OddHostTests {

	@ParameterizedTest
	@CsvSource(delimiter = '\t', quoteCharacter = '\u00a7', textBlock = """
			http://127.0.0.1:%d/auth/a|b	/auth/a%7Cb
			http://127.0.0.1:%d/auth/{tenant}?x={y}	/auth/%7Btenant%7D?x=%7By%7D
			http://127.0.0.1:%d/auth/a b	/auth/a%20b
			http://127.0.0.1:%d/auth/\\"a\\"	/auth/%22a%22
			http://127.0.0.1:%d/auth/a^b	/auth/a%5Eb
			http://127.0.0.1:%d/auth/100%	/auth/100%25
			http://127.0.0.1:%d/auth/ü	/auth/%C3%BC
			HTTP://127.0.0.1:%d/auth	/auth
			//127.0.0.1:%d/auth	/auth
			/auth/relative	/auth/relative
			auth/relative	/auth/relative
			http://my_tokens:%d/auth	/auth
			http://tokens.test.:%d/auth	/auth
			""")
	void asksARealmForTokensAsOtherClientsDo(String realm, String asked) throws Exception {
		try (TestRegistry own = TestRegistry.behind((request, content) -> request.path().startsWith("/auth")
				? Answer.json(200, Map.of("token", "tok")) : content.apply(request), Listener.loopback())
			.push("acme/app", "1", TestImage.random());
				RunningSluice before = RunningSluice.over(LoopbackNames.network(),
						"sluice.upstreams[0].name=realm.test", "sluice.upstreams[0].endpoints=" + own.url());
				TestClient asking = TestClient.of(before.uri("").toString())) {
			own.misbehave(Matching.authorized().negate().and(Matching.manifests()), Misbehaviour.status(401));
			own.misbehave(Matching.authorized().negate().and(Matching.manifests()),
					Misbehaviour.challenges("Bearer realm=\"" + raw(realm, own.port()) + "\""));
			assertServed(asking.get("/v2/realm.test/acme/app/manifests/1"));
			assertThat(own.requests().matching(Matching.path("/auth"))).hasSize(1)
				.allSatisfy((request) -> assertThat(target(request)).startsWith(asked));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "registry.test.", "REGISTRY.test" })
	void usesACredentialForAnEndpointOfThisName(String host, @TempDir Path directory) throws Exception {
		try (TestRegistry own = TestRegistry.basic("robot", "s3cret").push("acme/app", "1", TestImage.random())) {
			Path config = RunningSluice.dockerConfig(directory, "registry.test:" + own.port(), "robot", "s3cret");
			try (RunningSluice sluice = RunningSluice.over(LoopbackNames.network(),
					"sluice.upstreams[0].name=registry.example.test",
					"sluice.upstreams[0].endpoints=http://" + host + ":" + own.port(),
					"sluice.credentials.docker-config=" + config);
					TestClient client = TestClient.of(sluice.uri("").toString())) {
				assertServed(client.get("/v2/registry.example.test/acme/app/manifests/1"));
			}
		}
	}

	@Test
	void usesACredentialForARegistryWithAnUnderscoreInItsName(@TempDir Path directory) throws Exception {
		TestCertificates certificates = TestCertificates.in(directory);
		try (TestRegistry own = TestRegistry
			.basic("robot", "s3cret", Listener.named("my_registry").secured(certificates.server()))
			.push("acme/app", "1", TestImage.random())) {
			Path config = RunningSluice.dockerConfig(directory, own.authority(), "robot", "s3cret");
			try (RunningSluice sluice = RunningSluice.over(LoopbackNames.network(),
					"sluice.upstreams[0].name=" + own.authority(), "sluice.upstreams[0].tls.skip-verify=true",
					"sluice.credentials.docker-config=" + config);
					TestClient client = TestClient.of(sluice.uri("").toString())) {
				assertServed(client.get("/v2/" + own.authority() + "/acme/app/manifests/1"));
			}
		}
	}

	/** As it comes in UTF-8, byte for byte. */
	private static String raw(String text, int port) {
		return new String(text.replace("%d", Integer.toString(port)).getBytes(StandardCharsets.UTF_8),
				StandardCharsets.ISO_8859_1);
	}

	private static String target(RecordedRequest request) {
		return request.path() + (request.query().isEmpty() ? "" : "?" + request.query());
	}

	private static void assertServed(HttpResponse<byte[]> answer) {
		assertThat(answer.statusCode()).as(TestClient.text(answer)).isEqualTo(200);
	}

}
