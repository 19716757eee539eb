package dev.sluice.token;

import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SentSecretsTests {

	@ParameterizedTest
	@CsvSource({ "docker, application/vnd.docker.distribution.manifest.v2+json, false",
			"data, https://s3.example.test/docker/registry/v2/blobs/sha256/ab/abcd/data, false", "12, 4123, false",
			"test, </v2/test/app/tags/list?last=a>; rel=next, false", "s3cret, 299 - \"s3cret\", true",
			"longwords, 299 - \"longwords\", true", "12345678, 299 - \"12345678\", true",
			"p w, https://cdn.example.test/?as=p+w, true" })
	void headersMayHoldAWordThatIsAPassword(String password, String line, boolean repeated) {
		SentSecrets secrets = new SentSecrets(List.of(password));
		assertThat(secrets.areInHeader(line)).isEqualTo(repeated);
		assertThat(secrets.areIn("said " + password)).isTrue();
	}

}
