package dev.sluice.credential;

import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What may be part of a credential, wherever it comes from.
 */
class CredentialTextTests {

	private static final String KEY = """
			{
			\t"type": "service_account",\r
			\t"private_key": "-----BEGIN PRIVATE KEY-----\\nMII…\\n-----END PRIVATE KEY-----\\n"
			}
			""";

	@ParameterizedTest
	@ValueSource(strings = { "s3cret", "s3cret\n", "s3cret\r\n", "s3cret\r", "s3cret\n\n", "s3cret\r\n\r\n" })
	void theEndOfALineIsLeftOutOfEveryPart(String text) {
		assertThat(new Credential.RegistryToken(new Secret(text)))
			.isEqualTo(new Credential.RegistryToken(new Secret("s3cret")));
		assertThat(new Credential.IdentityToken(text, new Secret(text)))
			.isEqualTo(new Credential.IdentityToken("s3cret", new Secret("s3cret")));
		assertThat(new Credential.Basic(text, new Secret(text)))
			.isEqualTo(new Credential.Basic("s3cret", new Secret("s3cret")));
	}

	@Test
	void blanksAreNoEndOfALine() {
		assertThat(new Credential.Basic("u", new Secret(" p ")).password().reveal()).isEqualTo(" p ");
	}

	static Stream<String> controlCharacters() {
		return IntStream.concat(IntStream.range(0, 0x20), IntStream.rangeClosed(0x7f, 0x9f))
			.mapToObj(Character::toString);
	}

	@ParameterizedTest
	@MethodSource("controlCharacters")
	void noControlCharacterIsTakenInsideAnyPart(String character) {
		String text = "made" + character + "up";
		String shown = "U+%04X".formatted((int) character.charAt(0));
		refused(() -> new Credential.RegistryToken(new Secret(text)), "its registry token", shown);
		refused(() -> new Credential.IdentityToken(null, new Secret(text)), "its identity token", shown);
		refused(() -> new Credential.IdentityToken(text, new Secret("t")), "its user name", shown);
		refused(() -> new Credential.Basic("u", new Secret(text)), "its password", shown);
		refused(() -> new Credential.Basic(text, new Secret("p")), "its user name", shown);
	}

	@ParameterizedTest
	@MethodSource("controlCharacters")
	void noControlCharacterIsTakenBeforeAnyPart(String character) {
		refused(() -> new Credential.RegistryToken(new Secret(character + "made")), "its registry token", "U+");
		refused(() -> new Credential.Basic(character + "made", new Secret("p")), "its user name", "U+");
	}

	@Test
	void aRegistryTokenIsAscii() {
		refused(() -> new Credential.RegistryToken(new Secret("made\u2028up")), "its registry token", "isn't ASCII");
		refused(() -> new Credential.RegistryToken(new Secret("madeĊup")), "its registry token", "isn't ASCII");
		assertThat(new Credential.Basic("jürgen", new Secret("pässword")).username()).isEqualTo("jürgen");
	}

	@ParameterizedTest
	@ValueSource(strings = { " made", "made ", "ma de", "made up\n", "Bearer made", "made \r\n", " \n made" })
	void aRegistryTokenHasNoBlanks(String text) {
		refused(() -> new Credential.RegistryToken(new Secret(text)), "its registry token",
				text.contains("\n ") ? "U+000A" : "holds a blank");
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"made\"", "made,up", "made;up", "made:up", "{made}", "made=up", "=made", "=", "==" })
	void aRegistryTokenIsABearerToken(String text) {
		refused(() -> new Credential.RegistryToken(new Secret(text)), "its registry token",
				"a character that no bearer token may");
	}

	@ParameterizedTest
	@ValueSource(strings = { "eyJhbGciOi.eyJzdWIi.c2ln-_", "Z2hwXw==", "a+b/c=", "sha256~abc", "t" })
	void aBearerTokenIsTakenAsItIs(String text) {
		assertThat(new Credential.RegistryToken(new Secret(text)).token().reveal()).isEqualTo(text);
	}

	@Test
	void aUserNameWithAColonIsRefused() {
		refused(() -> new Credential.Basic("made:up", new Secret("p")), "its user name", "holds a colon");
		refused(() -> new Credential.IdentityToken("made:up", new Secret("t")), "its user name", "holds a colon");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "\n", " ", " \r\n" })
	void anEmptyUserNameOrTokenIsRefusedAndAnEmptyPasswordIsNot(String text) {
		refused(() -> new Credential.RegistryToken(new Secret(text)), "its registry token", "is empty");
		refused(() -> new Credential.IdentityToken(null, new Secret(text)), "its identity token", "is empty");
		refused(() -> new Credential.Basic(text, new Secret("p")), "its user name", "is empty");
		assertThat(new Credential.Basic("u", new Secret("\n")).password()).isEqualTo(new Secret(""));
	}

	@ParameterizedTest
	@ValueSource(strings = { "_json_key", "json_key" })
	void aKeyInJsonKeepsItsLines(String username) {
		assertThat(new Credential.Basic(username, new Secret(KEY)).password().reveal()).isEqualTo(KEY.strip());
	}

	/** Others have no keys for passwords: a line too many is a mistake, braces or not. */
	@ParameterizedTest
	@ValueSource(strings = { "robot", "my_json_key", "_json_key_", "_JSON_KEY", "_json_key_base64 ", "{json_key}",
			"_json_key_base64" })
	void aKeyInJsonHasNoLinesUnderAnyOtherUserName(String username) {
		refused(() -> new Credential.Basic(username, new Secret("{\n\"made\": 1\n}")), "its password", "U+000A");
		refused(() -> new Credential.Basic(username, new Secret("{made\r\nX-Injected: y}")), "its password", "U+000D");
	}

	@ParameterizedTest
	@ValueSource(strings = { "_json_key", "json_key", "_json_key_base64" })
	void whatIsNoKeyHasNoLinesUnderAKeysUserNameEither(String username) {
		refused(() -> new Credential.Basic(username, new Secret("made\n{up}")), "its password", "U+000A");
		refused(() -> new Credential.Basic(username, new Secret("{made}\nup")), "its password", "U+000A");
	}

	@Test
	void aKeyInBase64KeepsItsLines() {
		assertThat(new Credential.Basic("_json_key_base64", new Secret("eyJ0eXBl\nIjogIm1h\n")).password().reveal())
			.isEqualTo("eyJ0eXBl\nIjogIm1h");
	}

	@ParameterizedTest
	@ValueSource(strings = { "\0", "\f", "\033", "\u0085" })
	void noOtherControlCharacterIsTakenInAKey(String character) {
		refused(() -> new Credential.Basic("_json_key", new Secret("{\n" + character + "\n}")), "its password", "U+");
	}

	@Test
	void aPartThatIsTooLongIsRefused() {
		String text = "x".repeat(CredentialText.LIMIT);
		assertThat(new Credential.RegistryToken(new Secret(text + "\n")).token()).isEqualTo(new Secret(text));
		refused(() -> new Credential.RegistryToken(new Secret(text + "x")), "its registry token",
				"is longer than 64 KiB");
		refused(() -> new Credential.Basic("u", new Secret(text + "x")), "its password", "is longer than 64 KiB");
		refused(() -> new Credential.Basic(text + "x", new Secret("p")), "its user name", "is longer than 64 KiB");
	}

	private static void refused(Runnable making, String part, String flaw) {
		UnusableCredentialException refusal = catchThrowableOfType(UnusableCredentialException.class, making::run);
		assertThat(refusal).isNotNull()
			.hasMessageStartingWith(part)
			.hasMessageContaining(flaw)
			.hasMessageNotContaining("made")
			.hasNoCause();
	}

}
