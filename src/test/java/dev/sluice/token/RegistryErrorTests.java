package dev.sluice.token;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import dev.sluice.credential.Credential;
import dev.sluice.credential.Login;
import dev.sluice.credential.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What an error body says, whoever wrote it. */
class RegistryErrorTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{"errors":[{"code":"DENIED","message":"not for you"},{"code":"X","message":"y"}]} | DENIED not for you
			{"errors":[{"code":"DENIED","message":" "}],"details":"elsewhere"} | DENIED elsewhere
			{"errors":[{"code":"NAME_UNKNOWN"}]} | NAME_UNKNOWN
			{"errors":[{"code":"not a code","message":"m"}]} | m
			{"errors":[{"code":"<script>"}]} | ''
			{"error":"invalid_grant","error_description":"gone"} | gone
			{"error":"invalid_grant"} | invalid_grant
			{"error":{"code":403,"message":"Google says no"}} | Google says no
			{"details":"Not Authorized"} | Not Authorized
			{"errors":{"code":"X","message":"y"}} | ''
			{"errors":[{"code":"DENIED","message":"cut sho | DENIED
			<html>Forbidden</html> | ''
			'' | ''
			""")
	void isTheFirstError(String body, String said) {
		assertThat(read(body, SentSecrets.NONE)).hasToString(said);
	}

	@Test
	void repeatsNoSecretNotEvenAHalfOne() {
		Login login = new Login(new Credential.Basic("robot", new Secret("s3cret")), Map.of(), "a file");
		Authorization sent = Authorization.bearer(new Secret("t0ken"));
		SentSecrets secrets = sent.secretsOf(login);
		assertThat(read(message("password s3cret is wrong"), secrets)).isEqualTo(RegistryError.NONE);
		assertThat(read(message("token t0ken is wrong"), secrets)).isEqualTo(RegistryError.NONE);
		assertThat(read(message("cm9ib3Q6czNjcmV0 is wrong"), secrets)).isEqualTo(RegistryError.NONE);
		assertThat(read(message("x".repeat(197) + "s3cret"), secrets)).isEqualTo(RegistryError.NONE);
		assertThat(read("{\"errors\":[{\"code\":\"s3cret\"}]}", secrets)).isEqualTo(RegistryError.NONE);
		assertThat(secrets.toString() + read(message("all is well"), secrets)).doesNotContain("s3cret", "t0ken");
		assertThat(read(message("all is well"), secrets).message()).isEqualTo("all is well");
	}

	@Test
	void isShownInOneLineOfBoundedLength() {
		assertThat(read(message("a\\nb" + "x".repeat(1000)), SentSecrets.NONE).message()).startsWith("a?b")
			.hasSize(201);
		assertThat(read("{\"errors\":[{\"code\":\"" + "A".repeat(65) + "\"}]}", SentSecrets.NONE).code()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{"errors":[{"message":"Your Authorization Token has expired. Reauthenticate."}]} | true
			{"error":"invalid_grant","error_description":"no"} | true
			{"error":"invalid_scope"} | false
			{"errors":[{"message":"your token is fine"}]} | false
			""")
	void mayRefuseTheLoginItself(String body, boolean refused) {
		assertThat(read(body, SentSecrets.NONE).loginRefused()).isEqualTo(refused);
	}

	@Test
	void amplifiedBodyIsReadOver() {
		String many = "{\"errors\":[" + "{},".repeat(20_000) + "{}],\"message\":\"m\"}";
		assertThat(read(many, SentSecrets.NONE).message()).isEqualTo("m");
		assertThat(read("[".repeat(60_000), SentSecrets.NONE)).isEqualTo(RegistryError.NONE);
	}

	private static String message(String text) {
		return "{\"errors\":[{\"message\":\"" + text + "\"}]}";
	}

	private static RegistryError read(String body, SentSecrets secrets) {
		return RegistryError.read(body.getBytes(StandardCharsets.UTF_8), secrets);
	}

}
