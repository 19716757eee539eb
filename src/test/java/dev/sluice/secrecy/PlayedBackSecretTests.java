package dev.sluice.secrecy;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.sluice.diagnose.Checkup;
import dev.sluice.diagnose.Diagnosis;
import dev.sluice.diagnose.Explanation;
import dev.sluice.oci.RegistryName;
import dev.sluice.testing.Answer;
import dev.sluice.testing.ByteSource;
import dev.sluice.testing.Listener;
import dev.sluice.testing.LogCapture;
import dev.sluice.testing.RecordedRequest;
import dev.sluice.testing.RunningSluice;
import dev.sluice.testing.TestClient;
import dev.sluice.testing.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A registry that plays back what it was sent, wherever it may say something: neither
 * {@code explain} nor {@code doctor}, no client and no log repeats it.
 */
@Timeout(120)
class PlayedBackSecretTests {

	private static final String NAME = "corp.example.test";

	private static final String PASSWORD = "pa55+word/s3cret";

	private static final String TOKEN = "issued.t0ken-77";

	private static final String API_KEY = "k3y-0f+ours/42";

	private static final String UNTOLD = "a1b2c3d4e5f6";

	private static final String TEAM_TOKEN = "te4m-t0ken";

	private static final List<String> SECRETS = List.of(PASSWORD, base64("robot:" + PASSWORD), TOKEN, API_KEY, UNTOLD,
			TEAM_TOKEN);

	/** Each as it is, and one of the forms that it may come back in. */
	private static final List<String> PLAYED = IntStream.range(0, SECRETS.size())
		.boxed()
		.flatMap((at) -> Stream.of(SECRETS.get(at), forms(SECRETS.get(at)).toList().get(1 + at % 3)))
		.toList();

	private static TestServer registry;

	private static RunningSluice sluice;

	private static TestClient client;

	private static BiFunction<RecordedRequest, String, Answer> way = (_, _) -> Answer.of(404);

	private static String echo = "";

	@BeforeAll
	static void start(@TempDir Path directory) throws Exception {
		registry = new TestServer(Listener.loopback(), PlayedBackSecretTests::answer);
		Path config = Files.writeString(directory.resolve("config.json"),
				"{\"HttpHeaders\":{\"X-Team-Token\":\"%s\"},\"auths\":{\"%s\":{\"auth\":\"%s\"}}}".formatted(TEAM_TOKEN,
						registry.authority(), base64("robot:" + PASSWORD)));
		sluice = RunningSluice.start("sluice.upstreams[0].name=" + NAME,
				"sluice.upstreams[0].endpoints=" + registry.url(), "sluice.credentials.docker-config=" + config,
				"sluice.upstreams[0].headers.X-Api-Key=" + API_KEY, "sluice.upstreams[0].headers.X-Tenant=" + UNTOLD,
				"sluice.upstreams[0].headers.X-Env=production");
		client = TestClient.of(sluice.uri("").toString());
	}

	@AfterAll
	static void stop() {
		client.close();
		sluice.close();
		registry.close();
	}

	private static Answer answer(RecordedRequest request) {
		return way.apply(request, echo);
	}

	/** Each secret in one of the two forms, each other way in the other. */
	@ParameterizedTest
	@EnumSource
	void reachesNobody(Way saying) throws Exception {
		way = saying;
		try (LogCapture log = LogCapture.asUsersSeeIt()) {
			for (int secret = 0; secret < SECRETS.size(); secret++) {
				echo = PLAYED.get(2 * secret + (secret + saying.ordinal()) % 2);
				assertHidden(new JsonMapper().writeValueAsString(examined()));
				assertHidden(new JsonMapper().writeValueAsString(explained()));
				assertHidden(answered("manifests/1"));
				assertHidden(answered("tags/list"));
			}
			log.entries().forEach((entry) -> assertHidden(entry.toString()));
		}
	}

	@Test
	void theRestOfTheChallengeIsExplainedAllTheSame() throws Exception {
		way = Way.SERVICE;
		echo = API_KEY;
		assertThat(explained().steps()).anySatisfy((step) -> assertThat(step.text()).contains(": 401 in ",
				"asks for Bearer token of " + registry.url() + "/token, service [redacted], scope a:b:pull"));
	}

	@Test
	void anOrdinaryHeadersValueHidesNothing() throws Exception {
		way = Way.ERROR;
		echo = "the production registry is down";
		assertThat(answered("manifests/1")).contains(echo);
		way = (request, _) -> Way.WARNING.apply(request, "production only");
		assertThat(answered("tags/list")).contains("production only");
	}

	private static Explanation explained() {
		return sluice.bean(Diagnosis.class).explainer().explain(NAME + "/acme/app:1").blockOptional().orElseThrow();
	}

	private static Checkup examined() {
		return sluice.bean(Diagnosis.class)
			.doctor()
			.examine(List.of(RegistryName.parse(NAME)), List.of(NAME + "/acme/app:1"))
			.blockOptional()
			.orElseThrow();
	}

	private static String answered(String path) throws Exception {
		HttpResponse<byte[]> answer = client.get("/v2/" + NAME + "/acme/app/" + path);
		return answer.headers().map() + TestClient.text(answer);
	}

	private static void assertHidden(String output) {
		String lower = output.toLowerCase(Locale.ROOT);
		SECRETS.stream()
			.flatMap(PlayedBackSecretTests::forms)
			.forEach((form) -> assertThat(lower).doesNotContain(form.toLowerCase(Locale.ROOT)));
	}

	private static Stream<String> forms(String secret) {
		return Stream.of(secret, base64(secret), URLEncoder.encode(secret, StandardCharsets.UTF_8),
				"%" + HexFormat.ofDelimiter("%").formatHex(secret.getBytes(StandardCharsets.UTF_8)));
	}

	private static String base64(String text) {
		return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
	}

	/** Where a registry, or its token server, says something. */
	enum Way implements BiFunction<RecordedRequest, String, Answer> {

		SCHEME((url, words) -> Answer.of(401).with("WWW-Authenticate", words)),
		BASIC_REALM((url, words) -> Answer.of(401).with("WWW-Authenticate", "Basic realm=\"" + words + "\"")),
		REALM((url, words) -> challenge(url + "/token/" + words + "?a=" + words, "test", "a:b:pull")),
		RELATIVE_REALM((url, words) -> challenge(words, "test", "a:b:pull")),
		REALM_HOST((url, words) -> challenge("http://" + words + ".example.test/token", "test", "a:b:pull")),
		REALM_LOGIN((url, words) -> challenge("http://robot:" + words + "@127.0.0.1/token", "test", "a:b:pull")),
		SERVICE((url, words) -> challenge(url + "/token", words, "a:b:pull")),
		SCOPE((url, words) -> challenge(url + "/token", "test", "a:" + words + ":pull")),
		DESCRIPTION((url, words) -> Answer.of(401)
			.with("WWW-Authenticate",
					"Bearer realm=\"" + url + "/token\",error=\"" + words + "\",error_description=\"" + words
							+ "\",more=\"" + words + "\"")),
		ERROR((url, words) -> Answer.error(503, "X", words)), DENIAL((url, words) -> Answer.error(403, "X", words)),
		CODE((url, words) -> Answer.error(404, words, "gone")),
		MALFORMED((url, words) -> Answer.error(400, "X", "malformed: " + words)),
		REDIRECT((url, words) -> Answer.of(307).with("Location", "/elsewhere/" + words)),
		REDIRECT_HOST((url, words) -> Answer.of(307).with("Location", "http://" + words + ".example.test/x")),
		REDIRECT_TO_NO_URL((url, words) -> Answer.of(307).with("Location", "http://a b/" + words)),
		WARNING((url, words) -> tags().with("Warning", "299 - \"" + words + "\"")),
		CODING((url, words) -> tags().with("Content-Encoding", words)),
		RANGE((url, words) -> tags().with("Content-Range", words)),
		TRANSFER_CODING((url, words) -> tags().with("Transfer-Encoding", words)),
		LINK((url, words) -> tags().with("Link", "</v2/acme/app/tags/list?last=" + words + ">; rel=\"next\"")),
		MEDIA_TYPE((url, words) -> Answer.of(200, "application/vnd.a." + words + "+json", ByteSource.of("{}")));

		private final BiFunction<String, String, Answer> saying;

		Way(BiFunction<String, String, Answer> saying) {
			this.saying = saying;
		}

		/** A token is issued on demand; its refusal follows what the registry says. */
		@Override
		public Answer apply(RecordedRequest request, String words) {
			if (request.path().startsWith("/token")) {
				return request.path().equals("/token") && request.parameter("scope").isPresent()
						? Answer.of(200, "application/json", ByteSource.of("{\"token\":\"" + TOKEN + "\"}")) : Answer
							.error(401, "X", request.path() + " " + request.query() + (isToken(words) ? "" : words));
			}
			boolean asks = !request.has("Authorization");
			return (asks && (isToken(words) || name().matches("ERROR|DENIAL|CODE|MALFORMED")))
					? challenge(registry.url() + "/token", "test", "a:b:pull")
					: this.saying.apply(registry.url(), words);
		}

		/** It can't be played back before it was sent. */
		private static boolean isToken(String words) {
			return forms(TOKEN).anyMatch(words::equals);
		}

		private static Answer challenge(String realm, String service, String scope) {
			return Answer.of(401)
				.with("WWW-Authenticate",
						"Bearer realm=\"" + realm + "\",service=\"" + service + "\",scope=\"" + scope + "\"");
		}

		private static Answer tags() {
			return Answer.of(200, "application/json", ByteSource.of("{\"name\":\"acme/app\",\"tags\":[]}"));
		}

	}

}
