package dev.sluice.token;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.sluice.credential.Credential;
import dev.sluice.credential.Login;
import dev.sluice.credential.Secret;
import dev.sluice.oci.CredentialException;
import dev.sluice.oci.UpstreamException;
import dev.sluice.token.ScriptedTokenServer.Asked;
import dev.sluice.token.ScriptedTokenServer.Reply;
import dev.sluice.transport.Answer;
import dev.sluice.transport.OutboundRequest;
import dev.sluice.transport.Transport;
import dev.sluice.transport.Transport.Referrer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static dev.sluice.token.TokenDialogue.BASIC;
import static dev.sluice.token.TokenDialogue.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * How a token is asked for: as whom, by which method and for how long.
 */
class TokenClientTests {

	private static final Login IDENTITY = TokenDialogue
		.login(new Credential.IdentityToken(null, new Secret("refresh")));

	private static final Login NAMED_IDENTITY = TokenDialogue
		.login(new Credential.IdentityToken("00000000-0000-0000-0000-000000000000", new Secret("refresh")));

	private static final String ENCODED_SCOPE = "repository%3Aacme%2Fapp%3Apull";

	private final TokenDialogue dialogue = new TokenDialogue();

	@AfterEach
	void stop() {
		this.dialogue.close();
	}

	@Test
	void asksAsNobodyWithoutAuthorization() {
		assertThat(this.dialogue.exchange(Login.ANONYMOUS).value().reveal()).isEqualTo("t1");
		Asked asked = this.dialogue.onlyAsked();
		assertThat(asked.method()).isEqualTo("GET");
		assertThat(asked.uri()).isEqualTo("/token?service=reg.example&scope=" + ENCODED_SCOPE);
		assertThat(asked.authorization()).isNull();
		assertThat(this.dialogue.heard).containsExactly("127.0.0.1 ISSUED");
		assertThat(this.dialogue.transport.referrers).containsExactly(TokenDialogue.referrer());
	}

	@Test
	void asksWithBasicAndTheAccountsName() {
		this.dialogue.exchange(BASIC);
		assertThat(this.dialogue.onlyAsked().uri())
			.isEqualTo("/token?service=reg.example&scope=" + ENCODED_SCOPE + "&account=acme");
		assertThat(this.dialogue.onlyAsked().authorization()).isEqualTo("Basic " + base64("acme:pa:ss"));
	}

	@Test
	void repeatsTheParameterForEachScopeInAGet() {
		this.dialogue.exchange(BASIC, "/token?x=1", null, "repository:a:pull,push  repository:b/c:pull");
		assertThat(this.dialogue.onlyAsked().uri())
			.isEqualTo("/token?x=1&scope=repository%3Aa%3Apull%2Cpush&scope=repository%3Ab%2Fc%3Apull&account=acme");
	}

	@ParameterizedTest
	@ValueSource(ints = { 404, 405 })
	void postsThePasswordWhereGetIsUnknown(int status) {
		this.dialogue.server
			.answers((asked) -> asked.method().equals("GET") ? Reply.json(status, "") : Reply.token("posted"));
		assertThat(this.dialogue.exchange(BASIC).value().reveal()).isEqualTo("posted");
		Asked post = this.dialogue.server.asked.get(1);
		assertThat(post.form()).isEqualTo("grant_type=password&username=acme&password=pa%3Ass&service=reg.example"
				+ "&client_id=sluice&scope=" + ENCODED_SCOPE);
		assertThat(post.uri()).isEqualTo("/token");
		assertThat(post.authorization()).isNull();
		assertThat(post.headers().get("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
		assertThat(this.dialogue.heard).containsExactly("127.0.0.1 REFUSED", "127.0.0.1 ISSUED");
	}

	@Test
	void postsARefreshTokenWithAllScopesInOneValue() {
		this.dialogue.exchange(IDENTITY, "/token", "reg.example", "repository:a:pull repository:b:pull");
		assertThat(this.dialogue.onlyAsked().form())
			.isEqualTo("grant_type=refresh_token&refresh_token=refresh&service=reg.example"
					+ "&client_id=sluice&scope=repository%3Aa%3Apull%20repository%3Ab%3Apull");
		assertThat(this.dialogue.onlyAsked().method()).isEqualTo("POST");
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 401, 404, 405 })
	void asksWithTheRefreshTokenAsBasicWherePostIsRefused(int status) {
		this.dialogue.server
			.answers((asked) -> asked.method().equals("POST") ? Reply.json(status, "") : Reply.token("got"));
		assertThat(this.dialogue.exchange(NAMED_IDENTITY).value().reveal()).isEqualTo("got");
		assertThat(this.dialogue.server.asked.get(1).authorization())
			.isEqualTo("Basic " + base64("00000000-0000-0000-0000-000000000000:refresh"));
	}

	@ParameterizedTest
	@CsvSource({ "400", "401", "403" })
	void rejectsARefreshTokenWithoutANameOnceItIsRefused(int status) {
		this.dialogue.server.answers((_) -> Reply.json(status, "{\"error\":\"invalid_grant\"}"));
		assertThatExceptionOfType(CredentialException.CredentialRejected.class)
			.isThrownBy(() -> this.dialogue.exchange(IDENTITY))
			.withMessageContaining(status + " invalid_grant");
		assertThat(this.dialogue.server.asked).hasSize(1);
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
		StepVerifier.withVirtualTime(() -> waiting.exchange(this.dialogue.request(BASIC, "/token", null, "")))
			.expectSubscription()
			.expectNoEvent(Duration.ofSeconds(59))
			.thenAwait(Duration.ofSeconds(1))
			.verifyError(UpstreamException.UpstreamTimedOut.class);
		assertThat(cancelled).isTrue();
	}

	@Test
	void passesOnWhatTheTransportSays() {
		this.dialogue.server.close();
		assertThatExceptionOfType(UpstreamException.UpstreamUnreachable.class)
			.isThrownBy(() -> this.dialogue.exchange(BASIC));
		assertThat(this.dialogue.heard).containsExactly("127.0.0.1 FAILED");
	}

	private static String base64(String text) {
		return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
	}

}
