package dev.sluice.token;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import dev.sluice.credential.Credential;
import dev.sluice.credential.Login;
import dev.sluice.credential.Secret;
import dev.sluice.oci.CredentialException;
import dev.sluice.oci.OverloadException;
import dev.sluice.oci.RegistryException;
import dev.sluice.oci.UpstreamException;
import dev.sluice.token.ScriptedTokenServer.Asked;
import dev.sluice.token.ScriptedTokenServer.Reply;
import dev.sluice.transport.Answer;
import dev.sluice.transport.Origin;
import dev.sluice.transport.OutboundRequest;
import dev.sluice.transport.Reach;
import dev.sluice.transport.Transport;
import dev.sluice.transport.Transport.Referrer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

class TokenClientTests {

	private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

	private static final Login BASIC = login(new Credential.Basic("acme", new Secret("pa:ss")));

	private static final Login IDENTITY = login(new Credential.IdentityToken(null, new Secret("refresh")));

	private static final Login NAMED_IDENTITY = login(
			new Credential.IdentityToken("00000000-0000-0000-0000-000000000000", new Secret("refresh")));

	private static final String ENCODED_SCOPE = "repository%3Aacme%2Fapp%3Apull";

	private final ScriptedTokenServer server = new ScriptedTokenServer();

	private final PlainTransport transport = new PlainTransport();

	private final List<String> heard = new CopyOnWriteArrayList<>();

	private final TokenClient client = new TokenClient(this.transport, () -> NOW,
			(host, outcome, _) -> this.heard.add(host + " " + outcome), SentSecrets.NONE);

	@AfterEach
	void stop() {
		await().untilAsserted(() -> assertThat(this.transport.unreleased).as("answers not released").hasValue(0));
		this.server.close();
	}

	@Test
	void asksAsNobodyWithoutAuthorization() {
		assertThat(exchange(Login.ANONYMOUS).value().reveal()).isEqualTo("t1");
		Asked asked = onlyAsked();
		assertThat(asked.method()).isEqualTo("GET");
		assertThat(asked.uri()).isEqualTo("/token?service=reg.example&scope=" + ENCODED_SCOPE);
		assertThat(asked.authorization()).isNull();
		assertThat(this.heard).containsExactly("127.0.0.1 ISSUED");
		assertThat(this.transport.referrers).containsExactly(referrer());
	}

	@Test
	void asksWithBasicAndTheAccountsName() {
		exchange(BASIC);
		assertThat(onlyAsked().uri()).isEqualTo("/token?service=reg.example&scope=" + ENCODED_SCOPE + "&account=acme");
		assertThat(onlyAsked().authorization()).isEqualTo("Basic " + base64("acme:pa:ss"));
	}

	@Test
	void repeatsTheParameterForEachScopeInAGet() {
		exchange(BASIC, "/token?x=1", null, "repository:a:pull,push  repository:b/c:pull");
		assertThat(onlyAsked().uri())
			.isEqualTo("/token?x=1&scope=repository%3Aa%3Apull%2Cpush&scope=repository%3Ab%2Fc%3Apull&account=acme");
	}

	@ParameterizedTest
	@ValueSource(ints = { 404, 405 })
	void postsThePasswordWhereGetIsUnknown(int status) {
		this.server.answers((asked) -> asked.method().equals("GET") ? Reply.json(status, "") : Reply.token("posted"));
		assertThat(exchange(BASIC).value().reveal()).isEqualTo("posted");
		Asked post = this.server.asked.get(1);
		assertThat(post.form()).isEqualTo("grant_type=password&username=acme&password=pa%3Ass&service=reg.example"
				+ "&client_id=sluice&scope=" + ENCODED_SCOPE);
		assertThat(post.uri()).isEqualTo("/token");
		assertThat(post.authorization()).isNull();
		assertThat(post.headers().get("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
		assertThat(this.heard).containsExactly("127.0.0.1 REFUSED", "127.0.0.1 ISSUED");
	}

	@Test
	void postsARefreshTokenWithAllScopesInOneValue() {
		exchange(IDENTITY, "/token", "reg.example", "repository:a:pull repository:b:pull");
		assertThat(onlyAsked().form()).isEqualTo("grant_type=refresh_token&refresh_token=refresh&service=reg.example"
				+ "&client_id=sluice&scope=repository%3Aa%3Apull%20repository%3Ab%3Apull");
		assertThat(onlyAsked().method()).isEqualTo("POST");
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 401, 404, 405 })
	void asksWithTheRefreshTokenAsBasicWherePostIsRefused(int status) {
		this.server.answers((asked) -> asked.method().equals("POST") ? Reply.json(status, "") : Reply.token("got"));
		assertThat(exchange(NAMED_IDENTITY).value().reveal()).isEqualTo("got");
		assertThat(this.server.asked.get(1).authorization())
			.isEqualTo("Basic " + base64("00000000-0000-0000-0000-000000000000:refresh"));
	}

	@ParameterizedTest
	@CsvSource({ "400", "401", "403" })
	void rejectsARefreshTokenWithoutANameOnceItIsRefused(int status) {
		this.server.answers((_) -> Reply.json(status, "{\"error\":\"invalid_grant\"}"));
		assertThatExceptionOfType(CredentialException.CredentialRejected.class).isThrownBy(() -> exchange(IDENTITY))
			.withMessageContaining(status + " invalid_grant");
		assertThat(this.server.asked).hasSize(1);
	}

	static Stream<Arguments> lifetimes() {
		String clock = "Fri, 01 May 2026 12:00:00 GMT";
		String ahead = "Fri, 01 May 2026 15:00:00 GMT";
		return Stream.of(Arguments.of("\"expires_in\":300", clock, 300),
				Arguments.of("\"expires_in\":\"300\"", clock, 300), Arguments.of("\"x\":1", clock, 60),
				Arguments.of("\"expires_in\":0", clock, 60), Arguments.of("\"expires_in\":-5", clock, 60),
				Arguments.of("\"expires_in\":\"soon\"", clock, 60), Arguments.of("\"expires_in\":{}", clock, 60),
				Arguments.of("\"expires_in\":1e300", clock, 60), Arguments.of("\"expires_in\":true", clock, 60),
				Arguments.of("\"expires_in\":null", clock, 60),
				Arguments.of("\"expires_in\":" + "9".repeat(900), clock, 60),
				Arguments.of("\"expires_in\":12.0", clock, 12),
				Arguments.of("\"x\":[" + "{},".repeat(20_000) + "{}],\"expires_in\":300", clock, 300),
				Arguments.of("\"expires_in\":99999999999", clock, Token.LONGEST.toSeconds()),
				Arguments.of("\"expires_in\":300,\"issued_at\":\"2026-05-01T11:58:59.000000000Z\"", clock, 239),
				Arguments.of("\"expires_in\":300,\"issued_at\":\"2026-05-01T13:59:00+02:00\"", clock, 240),
				Arguments.of("\"expires_in\":300,\"issued_at\":\"2026-05-01T14:59:00Z\"", ahead, 240),
				Arguments.of("\"expires_in\":300,\"issued_at\":\"2026-05-01T15:00:00Z\"", ahead, 300),
				Arguments.of("\"expires_in\":300,\"issued_at\":\"2026-05-01T15:00:00Z\"", clock, 300),
				Arguments.of("\"expires_in\":300,\"issued_at\":\"2026-05-01T09:00:00Z\"", clock, 300),
				Arguments.of("\"expires_in\":300,\"issued_at\":\"0001-01-01T00:00:00Z\"", clock, 300),
				Arguments.of("\"expires_in\":1e11,\"issued_at\":\"+999999999-12-31T23:59:59+18:00\"", clock,
						100_000_000_000L),
				Arguments.of("\"expires_in\":300,\"issued_at\":\"yesterday\"", clock, 300),
				Arguments.of("\"expires_in\":300,\"issued_at\":17", clock, 300));
	}

	@ParameterizedTest
	@MethodSource("lifetimes")
	void livesAsLongAsTheServersOwnClockSays(String fields, String date, long seconds) {
		this.server.answers((_) -> new Reply(200, Map.of("Date", date), "{\"token\":\"t\"," + fields + "}"));
		assertThat(exchange(BASIC)).isEqualTo(Token.of(new Secret("t"), NOW, Duration.ofSeconds(seconds)));
	}

	static Stream<Arguments> claims() {
		long now = NOW.getEpochSecond();
		return Stream.of(Arguments.of("{\"exp\":%d}".formatted(now + 900), 900),
				Arguments.of("{\"exp\":%d,\"iat\":%d}".formatted(now + 900, now - 100), 900),
				Arguments.of("{\"exp\":%d,\"iat\":%d}".formatted(now + 9900, now + 9000), 900),
				Arguments.of("{\"exp\":%d,\"iat\":%d}".formatted(now - 100, now - 1000), 900),
				Arguments.of("{\"exp\":%d}".formatted(now - 1), 60), Arguments.of("{\"exp\":\"x\"}", 60),
				Arguments.of("{}", 60), Arguments.of("[]", 60), Arguments.of("nonsense", 60), Arguments.of("", 60));
	}

	@ParameterizedTest
	@MethodSource("claims")
	void readsTheLifeOfAJwtWhereNoneIsStated(String claims, long seconds) {
		String token = "h." + Base64.getUrlEncoder().withoutPadding().encodeToString(utf8(claims)) + ".s";
		this.server.answers((_) -> Reply.json(200, "{\"access_token\":\"" + token + "\"}"));
		assertThat(exchange(BASIC)).isEqualTo(Token.of(new Secret(token), NOW, Duration.ofSeconds(seconds)));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{"token":"a"}                       | a
			{"access_token":"b"}                | b
			{"token":"a","access_token":""}     | a
			{"token":"","access_token":"b"}     | b
			{"token":"a","access_token":null}   | a
			{"token":"a","access_token":"b"}    | b
			{"Token":"a"}                       | a
			{"token":"a","ACCESS_TOKEN":"b"}    | b
			{"token":"a","Token":"b"}           | b
			{"token":"a","Token":null}          | a
			{"token":"a"}}                      | a
			{"token":"a"}{"token":"b"}          | a
			{"token":"a"} <!-- a -->            | a""")
	void countsAnEmptyTokenAsAbsent(String body, String token) {
		this.server.answers((_) -> Reply.json(200, body));
		assertThat(exchange(BASIC).value().reveal()).isEqualTo(token);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{}", "[]", "\"t\"", "null", "<html>log in</html>", "{\"token\":\"\"}",
			"{\"token\":{}}", "{\"token\":\"a\\r\\nX: y\"}", "{\"token\":\"é\"}", "{\"token\":\"a\"" })
	void isAnInvalidAnswerWithoutAToken(String body) {
		this.server.answers((_) -> Reply.json(200, body));
		assertThatExceptionOfType(UpstreamException.InvalidAnswer.class).isThrownBy(() -> exchange(BASIC))
			.withMessageContaining("token server " + this.server.origin());
		assertThat(this.heard).containsExactly("127.0.0.1 FAILED");
	}

	static Stream<String> unread() {
		return Stream.of("9".repeat(2_000), "-0." + "9".repeat(60_000), "[".repeat(900) + "]".repeat(900),
				"{\"a\":".repeat(900) + "0" + "}".repeat(900), "\"" + "x".repeat(60_000) + "\"");
	}

	@ParameterizedTest
	@MethodSource("unread")
	void readsATokenWhateverStandsBesideIt(String value) {
		this.server.answers((_) -> Reply.json(200, "{\"x\":" + value + ",\"token\":\"a\",\"Expires_In\":300}"));
		assertThat(exchange(BASIC)).isEqualTo(Token.of(new Secret("a"), NOW, Duration.ofSeconds(300)));
	}

	@Test
	void readsAtMost64KiB() {
		this.server.answers((_) -> Reply.token("x".repeat(64 * 1024)));
		assertThatExceptionOfType(UpstreamException.InvalidAnswer.class).isThrownBy(() -> exchange(BASIC));
		this.server.answers((_) -> Reply.json(403, "x".repeat(64 * 1024 + 1)));
		assertThatExceptionOfType(CredentialException.CredentialRejected.class).isThrownBy(() -> exchange(BASIC));
	}

	@ParameterizedTest
	@ValueSource(ints = { 301, 302, 303, 307, 308 })
	void followsNoRedirect(int status) {
		String elsewhere = this.server.origin().resolve("/other?secret=1").toString();
		this.server.answers((_) -> new Reply(status, Map.of("Location", elsewhere), ""));
		assertThatExceptionOfType(UpstreamException.InvalidAnswer.class).isThrownBy(() -> exchange(BASIC))
			.withMessageContaining("redirects of token requests aren't followed")
			.withMessageNotContaining("secret");
		assertThat(this.server.asked).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(ints = { 401, 403 })
	void namesTheSourceOfARejectedCredentialAndTheServersWords(int status) {
		this.server
			.answers((_) -> Reply.json(status, "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"de\\nnied\"}]}"));
		assertThatExceptionOfType(CredentialException.CredentialRejected.class).isThrownBy(() -> exchange(BASIC))
			.withMessage("token server " + this.server.origin() + " refused the credential from docker config c.json"
					+ " (reg.example) for repository:acme/app:pull: " + status + " de?nied; replace it there");
		assertThat(this.heard).containsExactly("127.0.0.1 REFUSED");
	}

	@Test
	void asksNobodyToLogInWhenRefused() {
		this.server.answers((_) -> Reply.json(403, "{\"message\":\"access forbidden\"}"));
		assertThatExceptionOfType(CredentialException.AccessDenied.class).isThrownBy(() -> exchange(Login.ANONYMOUS))
			.withMessageStartingWith("no credential for reg.example: log in")
			.withMessageContaining("403 access forbidden");
	}

	@ParameterizedTest
	@ValueSource(strings = { "pa:ss", "YWNtZTpwYTpzcw==" })
	void repeatsNoSecretThatTheServerEchoes(String secret) {
		this.server.answers((_) -> Reply.json(401, "{\"message\":\"wrong: " + secret + "\"}"));
		assertThatExceptionOfType(CredentialException.CredentialRejected.class).isThrownBy(() -> exchange(BASIC))
			.withMessageNotContaining(secret);
	}

	@ParameterizedTest
	@CsvSource({ "7, 7", "120, 120", "'Fri, 01 May 2026 12:00:00 GMT', 'Fri, 01 May 2026 12:00:00 GMT'", "9999999999,",
			"-1,", "soon,", "1.5,", "'',", "'7, 8'," })
	void passesOnWhenToAskAgainIfItIsATime(String said, @Nullable String passedOn) {
		this.server.answers((_) -> new Reply(429, Map.of("Retry-After", said), ""));
		OverloadException.TooManyRequests refusal = catchThrowableOfType(OverloadException.TooManyRequests.class,
				() -> exchange(BASIC));
		assertThat(refusal.retryAfter()).isEqualTo(Optional.ofNullable(passedOn));
	}

	@Test
	void takesATokenOfManyDotsForNoJwt() {
		String token = ".".repeat(60_000);
		this.server.answers((_) -> Reply.json(200, "{\"token\":\"" + token + "\"}"));
		assertThat(exchange(BASIC)).isEqualTo(Token.of(new Secret(token), NOW, Duration.ofSeconds(60)));
	}

	@ParameterizedTest
	@CsvSource({ "500,UpstreamFailed", "503,UpstreamFailed", "408,UpstreamFailed", "400,InvalidAnswer",
			"404,InvalidAnswer", "405,AccessDenied", "406,AccessDenied" })
	void tellsOtherRefusalsApart(int status, String error) {
		this.server.answers((_) -> new Reply(status, Map.of(), "<html>oops</html>"));
		RegistryException refusal = catchThrowableOfType(RegistryException.class, () -> exchange(BASIC));
		assertThat(refusal.getClass().getSimpleName()).isEqualTo(error);
		assertThat(refusal).hasMessageContaining(String.valueOf(status)).hasMessageNotContaining("oops");
	}

	@Test
	void waitsNoLongerThanAMinute() {
		AtomicBoolean cancelled = new AtomicBoolean();
		Transport silent = new Transport() {

			@Override
			public Mono<Answer> send(OutboundRequest request) {
				return Mono.error(new UnsupportedOperationException());
			}

			@Override
			public Mono<Answer> sendTo(OutboundRequest request, Referrer from) {
				return Mono.<Answer>never().doOnCancel(() -> cancelled.set(true));
			}

		};
		TokenClient waiting = new TokenClient(silent, () -> NOW, TokenListener.NONE, SentSecrets.NONE);
		StepVerifier.withVirtualTime(() -> waiting.exchange(request(BASIC, "/token", null, "")))
			.expectSubscription()
			.expectNoEvent(Duration.ofSeconds(59))
			.thenAwait(Duration.ofSeconds(1))
			.verifyError(UpstreamException.UpstreamTimedOut.class);
		assertThat(cancelled).isTrue();
	}

	@Test
	void passesOnWhatTheTransportSays() {
		this.server.close();
		assertThatExceptionOfType(UpstreamException.UpstreamUnreachable.class).isThrownBy(() -> exchange(BASIC));
		assertThat(this.heard).containsExactly("127.0.0.1 FAILED");
	}

	private Token exchange(Login login) {
		return exchange(login, "/token", "reg.example", "repository:acme/app:pull");
	}

	private Token exchange(Login login, String realm, @Nullable String service, String scope) {
		return this.client.exchange(request(login, realm, service, scope))
			.blockOptional(Duration.ofSeconds(10))
			.orElseThrow();
	}

	private TokenRequest request(Login login, String realm, @Nullable String service, String scope) {
		return new TokenRequest(new Demand.Bearer(this.server.origin().resolve(realm), service, new Scope(scope),
				referrer(), SentSecrets.NONE), login);
	}

	private Asked onlyAsked() {
		assertThat(this.server.asked).hasSize(1);
		return this.server.asked.getFirst();
	}

	private static Referrer referrer() {
		return new Referrer(new Origin("https", "reg.example", 443), Reach.LOOPBACK);
	}

	private static Login login(Credential credential) {
		return new Login(credential, Map.of(), "docker config c.json (reg.example)");
	}

	private static String base64(String text) {
		return Base64.getEncoder().encodeToString(utf8(text));
	}

	private static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
