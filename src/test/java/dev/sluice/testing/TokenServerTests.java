package dev.sluice.testing;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

import static dev.sluice.testing.TestClient.header;
import static dev.sluice.testing.TestClient.text;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Proves that {@link TokenServer}, and a {@link TestRegistry} that wants its tokens,
 * refuse what real ones refuse.
 */
@Timeout(60)
class TokenServerTests {

	private static final String APP = "/v2/acme/app/manifests/1";

	private static final String APP_SCOPE = "&scope=repository%3Aacme/app%3Apull";

	private static final String FORM = "service=test-registry&client_id=test&scope=repository:acme/app:pull";

	private TokenServer tokens;

	private TestRegistry registry;

	private TestClient tokenClient;

	private TestClient client;

	@BeforeEach
	void start() {
		this.tokens = TokenServer.start().user("robot", "s3:cret", "acme/*").refreshToken("identity", "robot");
		this.registry = TestRegistry.token(this.tokens)
			.push("acme/app", "1", TestImage.random())
			.push("acme/base", "1", TestImage.random())
			.push("other/app", "1", TestImage.random());
		this.tokenClient = TestClient.of(this.tokens.url());
		this.client = TestClient.of(this.registry.url());
	}

	@AfterEach
	void stop() {
		this.client.close();
		this.tokenClient.close();
		this.registry.close();
		this.tokens.close();
	}

	@Test
	void challengesWithRealmOnAnotherHostAndTheScope() throws Exception {
		HttpResponse<byte[]> response = this.client.get(APP);
		assertThat(response.statusCode()).isEqualTo(401);
		assertThat(header(response, "WWW-Authenticate")).isEqualTo("Bearer realm=\"http://localhost:"
				+ this.tokens.port() + "/token\",service=\"test-registry\",scope=\"repository:acme/app:pull\"");
		assertThat(text(response)).contains("UNAUTHORIZED");
		assertThat(header(this.client.get("/v2/"), "WWW-Authenticate")).doesNotContain("scope");
	}

	@Test
	void letsTokenIntoItsRepositoryOnly() throws Exception {
		String token = token(askWithPassword(APP_SCOPE));
		assertThat(status(APP, token)).isEqualTo(200);
		assertThat(status("/v2/", token)).isEqualTo(200);
		HttpResponse<byte[]> refused = this.client.get("/v2/acme/base/manifests/1", "Authorization", "Bearer " + token);
		assertThat(refused.statusCode()).isEqualTo(401);
		assertThat(header(refused, "WWW-Authenticate")).contains("repository:acme/base:pull")
			.endsWith("error=\"insufficient_scope\"");
	}

	@Test
	void refusesUnknownExpiredAndRevokedTokens() throws Exception {
		HttpResponse<byte[]> unknown = this.client.get(APP, "Authorization", "Bearer made-up");
		assertThat(unknown.statusCode()).isEqualTo(401);
		assertThat(header(unknown, "WWW-Authenticate")).endsWith("error=\"invalid_token\"");
		String token = token(askWithPassword(APP_SCOPE));
		this.tokens.clock().advance(Duration.ofSeconds(299));
		assertThat(status(APP, token)).isEqualTo(200);
		this.tokens.clock().advance(Duration.ofSeconds(1));
		assertThat(status(APP, token)).isEqualTo(401);
		String revoked = token(askWithPassword(APP_SCOPE));
		this.tokens.revokeAll();
		assertThat(status(APP, revoked)).isEqualTo(401);
	}

	@Test
	void refusesBasicWhereTokensAreWanted() throws Exception {
		assertThat(this.client.get(APP, "Authorization", TestClient.basic("robot", "s3:cret")).statusCode())
			.isEqualTo(401);
	}

	@Test
	void refusesWrongPasswordAndWrongService() throws Exception {
		assertThat(this.tokenClient
			.get("/token?service=test-registry" + APP_SCOPE, "Authorization", TestClient.basic("robot", "s3"))
			.statusCode()).isEqualTo(401);
		assertThat(this.tokenClient.get("/token?service=another" + APP_SCOPE).statusCode()).isEqualTo(400);
		assertThat(this.tokenClient.get("/elsewhere").statusCode()).isEqualTo(404);
	}

	@Test
	void grantsTheIntersectionEvenWhenEmpty() throws Exception {
		HttpResponse<byte[]> none = askWithPassword("&scope=repository:other/app:pull");
		assertThat(none.statusCode()).isEqualTo(200);
		assertThat(status("/v2/other/app/manifests/1", token(none))).isEqualTo(401);
		String anonymous = token(this.tokenClient.get("/token?service=test-registry" + APP_SCOPE));
		assertThat(status(APP, anonymous)).isEqualTo(401);
		this.tokens.anonymousMayPull("acme/app");
		assertThat(status(APP, token(this.tokenClient.get("/token?service=test-registry" + APP_SCOPE)))).isEqualTo(200);
	}

	@Test
	void refusesAnonymousWhenTold() throws Exception {
		this.tokens.refuseAnonymous(403);
		assertThat(this.tokenClient.get("/token?service=test-registry" + APP_SCOPE).statusCode()).isEqualTo(403);
		assertThat(askWithPassword(APP_SCOPE).statusCode()).isEqualTo(200);
	}

	@Test
	void takesRepeatedAndSpaceSeparatedScopes() throws Exception {
		String repeated = token(askWithPassword(APP_SCOPE + "&scope=repository:acme/base:pull"));
		String joined = token(askWithPassword(APP_SCOPE + "+repository:acme/base:pull"));
		for (String token : new String[] { repeated, joined }) {
			assertThat(status(APP, token)).isEqualTo(200);
			assertThat(status("/v2/acme/base/manifests/1", token)).isEqualTo(200);
		}
	}

	@Test
	void takesPostWithRefreshTokenOrPassword() throws Exception {
		String byRefresh = token(
				this.tokenClient.post("/token", FORM + "&grant_type=refresh_token&refresh_token=identity"));
		assertThat(status(APP, byRefresh)).isEqualTo(200);
		String byPassword = token(
				this.tokenClient.post("/token", FORM + "&grant_type=password&username=robot&password=s3%3Acret"));
		assertThat(status(APP, byPassword)).isEqualTo(200);
		assertThat(this.tokenClient.post("/token", FORM + "&grant_type=refresh_token&refresh_token=x").statusCode())
			.isEqualTo(401);
		assertThat(this.tokenClient.post("/token", FORM + "&grant_type=magic").statusCode()).isEqualTo(400);
		assertThat(this.tokens.exchanges()).isEqualTo(4);
	}

	@Test
	void issuesRefreshTokenWhenAskedFor() throws Exception {
		String refresh = member(askWithPassword(APP_SCOPE + "&offline_token=true"), "refresh_token");
		assertThat(this.tokenClient.post("/token", FORM + "&grant_type=refresh_token&refresh_token=" + refresh)
			.statusCode()).isEqualTo(200);
	}

	@Test
	void refusesMethodsWhenTold() throws Exception {
		this.tokens.refusePost(405).refuseGet(404);
		assertThat(this.tokenClient.post("/token", FORM).statusCode()).isEqualTo(405);
		assertThat(askWithPassword(APP_SCOPE).statusCode()).isEqualTo(404);
	}

	@Test
	void answersInTheShapeTold() throws Exception {
		this.tokens.answering(TokenShape.plain().in(TokenShape.Fields.TOKEN_AND_EMPTY_ACCESS_TOKEN));
		assertThat(json(askWithPassword(APP_SCOPE))).containsEntry("access_token", "").containsEntry("expires_in", 300);
		this.tokens.answering(TokenShape.plain()
			.in(TokenShape.Fields.ACCESS_TOKEN)
			.withoutLifetime()
			.issuedAt(Duration.ofHours(-1))
			.asJwt());
		HttpResponse<byte[]> response = askWithPassword(APP_SCOPE);
		Map<String, Object> answer = json(response);
		assertThat(member(response, "access_token").split("\\.")).hasSize(3);
		assertThat(answer.get("issued_at"))
			.hasToString(this.tokens.clock().instant().minus(Duration.ofHours(1)).toString());
		assertThat(answer.keySet().toString()).isEqualTo("[access_token, issued_at]");
		assertThat(status(APP, member(response, "access_token"))).isEqualTo(200);
	}

	@Test
	void challengesAsTold() throws Exception {
		this.registry.misbehave(Matching.any(), Misbehaviour.challenges("Negotiate", "Basic realm=\"x\""));
		assertThat(this.client.get(APP).headers().allValues("WWW-Authenticate")).containsExactly("Negotiate",
				"Basic realm=\"x\"");
		assertThat(status(APP, token(askWithPassword(APP_SCOPE)))).isEqualTo(200);
	}

	@Test
	void keepsSecretsOutOfItsDescriptions() throws Exception {
		askWithPassword(APP_SCOPE + "&password=s3");
		assertThat(this.tokens.requests().last().toString()).isEqualTo("GET /token");
	}

	private HttpResponse<byte[]> askWithPassword(String scopes) throws Exception {
		return this.tokenClient.get("/token?service=test-registry" + scopes, "Authorization",
				TestClient.basic("robot", "s3:cret"));
	}

	private int status(String path, String token) throws Exception {
		return this.client.get(path, "Authorization", "Bearer " + token).statusCode();
	}

	private static String token(HttpResponse<byte[]> response) {
		return member(response, json(response).containsKey("token") ? "token" : "access_token");
	}

	private static String member(HttpResponse<byte[]> response, String name) {
		return String.valueOf(json(response).get(name));
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> json(HttpResponse<byte[]> response) {
		return JsonMapper.shared().readValue(response.body(), Map.class);
	}

}
