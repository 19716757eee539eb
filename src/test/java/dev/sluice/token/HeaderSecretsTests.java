package dev.sluice.token;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class HeaderSecretsTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			X-Api-Key              | open-sesame-please                   | open-sesame-please
			X-API-KEY              | k3y-of-ours                          | k3y-of-ours
			Private-Token          | glpat-abcDEF                         | glpat-abcDEF
			X-JFrog-Art-Api        | AKCp5aTw7nBmq2                       | AKCp5aTw7nBmq2
			CF-Access-Client-Secret | let-me-in-please                    | let-me-in-please
			Authorization          | Bearer abc.def.ghi                   | abc.def.ghi
			Authorization          | Basic cm9ib3Q6czNjcmV0               | s3cret
			Authorization          | basic cm9ib3Q6czNjcmV0               | cm9ib3Q6czNjcmV0
			Cookie                 | theme=dark; session=0123-4567-89     | 0123-4567-89
			X-Tenant               | 123e4567-e89b-12d3-a456-426614174000 | 123e4567-e89b-12d3-a456-426614174000
			X-Odd                  | a1b2c3d4e5f6                         | a1b2c3d4e5f6
			""")
	void knowASecretByItsNameOrItsLooks(String name, String value, String secret) {
		SentSecrets secrets = HeaderSecrets.of(Map.of(name, value).entrySet());
		assertThat(secrets.areIn("299 - \"you sent " + secret + "\"")).isTrue();
		assertThat(secrets.areInHeader("299 - \"you sent " + secret + "\"")).isTrue();
		assertThat(secrets).hasToString("[redacted]");
	}

	@ParameterizedTest
	@CsvSource({ "X-Env, production", "X-Region, eu-central-1", "X-Forwarded-Host, registry1.corp.example",
			"X-Account, 123456789012", "X-Key-Version, v2", "X-Auth-Enabled, true", "Accept-Language, en",
			"X-Team, container-platform", "Accept, application/vnd.oci.image.manifest.v1+json", "X-Day, 2026-11-27",
			"User-Agent, corp-mirror/2.14 (ops@corp.example)", "X-Realm, https://auth.corp.example/token" })
	void takeNoOrdinaryValueForASecret(String name, String value) {
		SentSecrets secrets = HeaderSecrets.of(Map.of(name, value).entrySet());
		assertThat(secrets.areIn(value)).isFalse();
		assertThat(secrets.areInHeader("</v2/app/tags/list?from=" + value + ">; rel=\"next\"")).isFalse();
	}

	@Test
	void takeNothingForASecretWhereNothingIsSent() {
		assertThat(HeaderSecrets.of(List.of()).areIn("anything")).isFalse();
	}

}
