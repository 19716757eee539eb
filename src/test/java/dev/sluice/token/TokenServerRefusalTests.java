package dev.sluice.token;

import java.util.Map;
import java.util.Optional;

import dev.sluice.credential.Login;
import dev.sluice.oci.CredentialException;
import dev.sluice.oci.OverloadException;
import dev.sluice.oci.RegistryException;
import dev.sluice.oci.UpstreamException;
import dev.sluice.token.ScriptedTokenServer.Reply;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.sluice.token.TokenDialogue.BASIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What is made of a token server that issues no token.
 */
class TokenServerRefusalTests {

	private final TokenDialogue dialogue = new TokenDialogue();

	@AfterEach
	void stop() {
		this.dialogue.close();
	}

	@ParameterizedTest
	@ValueSource(ints = { 301, 302, 303, 307, 308 })
	void followsNoRedirect(int status) {
		String elsewhere = this.dialogue.server.origin().resolve("/other?secret=1").toString();
		this.dialogue.server.answers((_) -> new Reply(status, Map.of("Location", elsewhere), ""));
		assertThatExceptionOfType(UpstreamException.InvalidAnswer.class).isThrownBy(() -> this.dialogue.exchange(BASIC))
			.withMessageContaining("redirects of token requests aren't followed")
			.withMessageNotContaining("secret");
		assertThat(this.dialogue.server.asked).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(ints = { 401, 403 })
	void namesTheSourceOfARejectedCredentialAndTheServersWords(int status) {
		this.dialogue.server
			.answers((_) -> Reply.json(status, "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"de\\nnied\"}]}"));
		assertThatExceptionOfType(CredentialException.CredentialRejected.class)
			.isThrownBy(() -> this.dialogue.exchange(BASIC))
			.withMessage("token server " + this.dialogue.server.origin()
					+ " refused the credential from docker config c.json"
					+ " (reg.example) for repository:acme/app:pull: " + status + " de?nied; replace it there");
		assertThat(this.dialogue.heard).containsExactly("127.0.0.1 REFUSED");
	}

	@Test
	void asksNobodyToLogInWhenRefused() {
		this.dialogue.server.answers((_) -> Reply.json(403, "{\"message\":\"access forbidden\"}"));
		assertThatExceptionOfType(CredentialException.AccessDenied.class)
			.isThrownBy(() -> this.dialogue.exchange(Login.ANONYMOUS))
			.withMessageStartingWith("no credential for reg.example: log in")
			.withMessageContaining("403 access forbidden");
	}

	@ParameterizedTest
	@ValueSource(strings = { "pa:ss", "YWNtZTpwYTpzcw==" })
	void repeatsNoSecretThatTheServerEchoes(String secret) {
		this.dialogue.server.answers((_) -> Reply.json(401, "{\"message\":\"wrong: " + secret + "\"}"));
		assertThatExceptionOfType(CredentialException.CredentialRejected.class)
			.isThrownBy(() -> this.dialogue.exchange(BASIC))
			.withMessageNotContaining(secret);
	}

	@ParameterizedTest
	@CsvSource({ "7, 7", "120, 120", "'Fri, 01 May 2026 12:00:00 GMT', 'Fri, 01 May 2026 12:00:00 GMT'", "9999999999,",
			"-1,", "soon,", "1.5,", "'',", "'7, 8'," })
	void passesOnWhenToAskAgainIfItIsATime(String said, @Nullable String passedOn) {
		this.dialogue.server.answers((_) -> new Reply(429, Map.of("Retry-After", said), ""));
		OverloadException.TooManyRequests refusal = catchThrowableOfType(OverloadException.TooManyRequests.class,
				() -> this.dialogue.exchange(BASIC));
		assertThat(refusal.retryAfter()).isEqualTo(Optional.ofNullable(passedOn));
	}

	@ParameterizedTest
	@CsvSource({ "500,UpstreamFailed", "503,UpstreamFailed", "408,UpstreamFailed", "400,InvalidAnswer",
			"404,InvalidAnswer", "405,AccessDenied", "406,AccessDenied" })
	void tellsOtherRefusalsApart(int status, String error) {
		this.dialogue.server.answers((_) -> new Reply(status, Map.of(), "<html>oops</html>"));
		RegistryException refusal = catchThrowableOfType(RegistryException.class, () -> this.dialogue.exchange(BASIC));
		assertThat(refusal.getClass().getSimpleName()).isEqualTo(error);
		assertThat(refusal).hasMessageContaining(String.valueOf(status)).hasMessageNotContaining("oops");
	}

}
