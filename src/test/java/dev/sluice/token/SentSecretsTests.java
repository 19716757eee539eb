package dev.sluice.token;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SentSecretsTests {

	@ParameterizedTest
	@CsvSource({ "docker, application/vnd.docker.distribution.manifest.v2+json, false",
			"data, https://s3.example.test/docker/registry/v2/blobs/sha256/ab/abcd/data, false", "12, 4123, false",
			"test, </v2/test/app/tags/list?last=a>; rel=next, false", "s3cret, 299 - \"s3cret\", true",
			"longwords, 299 - \"longwords\", true", "12345678, 299 - \"12345678\", true",
			"p w, https://cdn.example.test/?as=p+w, true" })
	void headersMayHoldAWordThatIsAPassword(String password, String line, boolean repeated) {
		SentSecrets secrets = SentSecrets.of(List.of(password));
		assertThat(secrets.areInHeader(line)).isEqualTo(repeated);
		assertThat(secrets.areIn("said " + password)).isTrue();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			pa+s w%rd/7 | 299 - "pa+s w%rd/7"            | as it is
			pa+s w%rd/7 | 299 - "PA+S W%RD/7"            | in large letters
			pa+s w%rd/7 | /b?a=pa%2Bs+w%25rd%2F7         | as in a form
			pa+s w%rd/7 | /b?a=pa%2bs%20w%25rd/7         | as in a path
			pa+s w%rd/7 | /b?a=pa+s%20w%25rd/7           | with a plus as it is
			pa+s w%rd/7 | %70%61%2B%73%20%77%25%72%64%2F%37 | all of it percent-encoded
			pa+s w%rd/7 | x cGErcyB3JXJkLzc= y           | in Base64
			pa+s w%rd/7 | x=cGErcyB3JXJkLzc%3D           | in Base64 and percent-encoded
			pä?ss~>w0rd | pÃ¤?ss~>w0rd                   | a byte for each character
			pä?ss~>w0rd | p%C3%A4%3Fss~%3Ew0rd           | percent-encoded beyond ASCII
			pä?ss~>w0rd | cMOkP3Nzfj53MHJk               | in Base64 beyond ASCII
			~~?~~>s3cret | fn4_fn4-czNjcmV0              | in the Base64 of URLs
			""")
	void areKnownAgainHoweverTheyComeBack(String secret, String line, String how) {
		assertThat(SentSecrets.of(List.of(secret)).areIn(line)).as(how).isTrue();
		assertThat(SentSecrets.of(List.of(secret)).areInHeader(line)).as(how).isTrue();
		assertThat(SentSecrets.of(List.of(secret)).redactedIn(line)).as(how).isEqualTo("[redacted]");
	}

	@ParameterizedTest
	@ValueSource(strings = { "100%", "%", "%2", "%zz", "a+b", "\u00fc", "\ud83d", "" })
	void areNotInWhatIsOddlyWritten(String line) {
		assertThat(SentSecrets.of(List.of("s3cret")).areIn(line)).isFalse();
	}

	@Test
	void hideNoMessageOfOursForAMereWord() {
		SentSecrets secrets = SentSecrets.of(List.of("credential", "s3cret", "5000"));
		String message = "localhost:5000 refused the credential";
		assertThat(secrets.redactedInOurs(message)).isEqualTo(message);
		assertThat(secrets.redactedInOurs(message + ": s3cret")).doesNotContain("s3cret").startsWith("[redacted]");
	}

}
