package dev.sluice.token;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;

import dev.sluice.credential.Secret;
import dev.sluice.oci.CredentialException;
import dev.sluice.oci.UpstreamException;
import dev.sluice.token.ScriptedTokenServer.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.sluice.token.TokenDialogue.BASIC;
import static dev.sluice.token.TokenDialogue.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Which token a server issued and how long it lives, however oddly it says so.
 */
class TokenAnswerTests {

	private final TokenDialogue dialogue = new TokenDialogue();

	@AfterEach
	void stop() {
		this.dialogue.close();
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
		this.dialogue.server.answers((_) -> new Reply(200, Map.of("Date", date), "{\"token\":\"t\"," + fields + "}"));
		assertThat(this.dialogue.exchange(BASIC))
			.isEqualTo(Token.of(new Secret("t"), NOW, Duration.ofSeconds(seconds)));
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
		this.dialogue.server.answers((_) -> Reply.json(200, "{\"access_token\":\"" + token + "\"}"));
		assertThat(this.dialogue.exchange(BASIC))
			.isEqualTo(Token.of(new Secret(token), NOW, Duration.ofSeconds(seconds)));
	}

	@Test
	void takesATokenOfManyDotsForNoJwt() {
		String token = ".".repeat(60_000);
		this.dialogue.server.answers((_) -> Reply.json(200, "{\"token\":\"" + token + "\"}"));
		assertThat(this.dialogue.exchange(BASIC)).isEqualTo(Token.of(new Secret(token), NOW, Duration.ofSeconds(60)));
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
		this.dialogue.server.answers((_) -> Reply.json(200, body));
		assertThat(this.dialogue.exchange(BASIC).value().reveal()).isEqualTo(token);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{}", "[]", "\"t\"", "null", "<html>log in</html>", "{\"token\":\"\"}",
			"{\"token\":{}}", "{\"token\":\"a\\r\\nX: y\"}", "{\"token\":\"é\"}", "{\"token\":\"a\"" })
	void isAnInvalidAnswerWithoutAToken(String body) {
		this.dialogue.server.answers((_) -> Reply.json(200, body));
		assertThatExceptionOfType(UpstreamException.InvalidAnswer.class).isThrownBy(() -> this.dialogue.exchange(BASIC))
			.withMessageContaining("token server " + this.dialogue.server.origin());
		assertThat(this.dialogue.heard).containsExactly("127.0.0.1 FAILED");
	}

	static Stream<String> unread() {
		return Stream.of("9".repeat(2_000), "-0." + "9".repeat(60_000), "[".repeat(900) + "]".repeat(900),
				"{\"a\":".repeat(900) + "0" + "}".repeat(900), "\"" + "x".repeat(60_000) + "\"");
	}

	@ParameterizedTest
	@MethodSource("unread")
	void readsATokenWhateverStandsBesideIt(String value) {
		this.dialogue.server
			.answers((_) -> Reply.json(200, "{\"x\":" + value + ",\"token\":\"a\",\"Expires_In\":300}"));
		assertThat(this.dialogue.exchange(BASIC)).isEqualTo(Token.of(new Secret("a"), NOW, Duration.ofSeconds(300)));
	}

	@Test
	void readsAtMost64KiB() {
		this.dialogue.server.answers((_) -> Reply.token("x".repeat(64 * 1024)));
		assertThatExceptionOfType(UpstreamException.InvalidAnswer.class)
			.isThrownBy(() -> this.dialogue.exchange(BASIC));
		this.dialogue.server.answers((_) -> Reply.json(403, "x".repeat(64 * 1024 + 1)));
		assertThatExceptionOfType(CredentialException.CredentialRejected.class)
			.isThrownBy(() -> this.dialogue.exchange(BASIC));
	}

	private static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
