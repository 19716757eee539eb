package dev.sluice.diagnose;

import java.util.List;

import dev.sluice.oci.RequestException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Secrets that are pasted along, of which nothing is shown and nothing asked: neither in
 * an image's name nor in an error.
 */
class PastedSecretsTests {

	@ParameterizedTest
	@ValueSource(strings = { "password: %s", "password: \"%s\"", "password = '%s'", "PASSWORD=%s", "password:%s",
			"username: me\npassword: %s", "password: |\n  a\n  %s\nuser: me", "password:\n  %s", "secrets:\n- %s",
			"identitytoken: %s", "registrytoken: %s", "token: %s", "auth: %s", "secret: %s", "pass: %s", "apiKey: %s",
			"Authorization: Bearer %s", "Authorization:Basic %s", "Proxy-Authorization: Basic %s",
			"X-Registry-Auth: %s", "PRIVATE-TOKEN: %s", "Cookie: session=%s", "export GHCR_TOKEN=%s", "GHCR_TOKEN=%s",
			"- name: DB_PASSWORD\n  value: %s", "{\"name\":\"DB_PASSWORD\",\"value\":\"%s\"}",
			"<password>%s</password>", "<password>\n  %s\n</password>", "//registry.example/:_authToken=%s",
			"machine ghcr.io login me password %s", "Username: bob\nPassword:\n%s", "Access token:\r\n%s" })
	void whatANameTellsAsASecretIsNoImage(String pasted) {
		assertNothingOfIt(pasted);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"auths\":{\"ghcr.io\":{\"username\":\"me\",\"password\":\"%s\",\"auth\":\"bWU6\"}}}",
			"{\"auths\": {\"ghcr.io\": {\"auth\": \"%s\"}}}", "{\"username\":\"me\",\"password\":\"%s\"}",
			"{\n  \"auths\": {\n    \"ghcr.io/acme/app\": {\n      \"identitytoken\": \"%s\"\n    }\n  }\n}",
			"{\"password\" : \"a\\\"b\", \"token\":\"%s\"}", "{\\\"registrytoken\\\":\\\"%s\\\"}",
			"msg=\"config {\\\"password\\\":\\\"%s\\\"}\"", "{\"tokens\":[\"%s\"]}", "{\"access_token\": \"%s\"}",
			"data:\n  .dockerconfigjson: %s", "{\"Authorization\":[\"Bearer %s\"]}" })
	void aClientsConfigNamesNoImage(String pasted) {
		assertNothingOfIt(pasted);
	}

	@ParameterizedTest
	@ValueSource(strings = { "echo %s | docker login ghcr.io --password-stdin",
			"printf '%%s' \"%s\" | sudo podman login -u me --password-stdin ghcr.io",
			"echo image %s | helm registry login ghcr.io -u me --password-stdin",
			"echo %s | crane auth login ghcr.io -u me --password-stdin",
			"docker login ghcr.io -u me --password-stdin <<EOF\n%s\nEOF", "docker login -u me ghcr.io\n%s",
			"docker login ghcr.io --password-stdin <<< %s", "docker login -u me -p %s ghcr.io",
			"az acr login -n x -p %s", "kubectl create secret docker-registry r --docker-password %s",
			"curl -H \"Authorization: Bearer %s\" https://ghcr.io/token", "curl -u me:%s https://ghcr.io/token",
			"curl -ume:%s https://ghcr.io/token", "curl -H 'PRIVATE-TOKEN: %s' https://gitlab.example/api",
			"docker pull ghcr.io/acme/app:1?token=%s", "the password is %s", "password %s for ghcr.io/acme/app",
			"my token %s", "curl -H \"X-JFrog-Art-Api: %s\" https://a.example/",
			"-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----", "tls.key: %s", "me:%s", "DB_PASSWORD %s",
			"Bearer %s", "Basic %s", "docker pull --registry-pass %s", "crane pull --pw %s", "- --password\n- %s",
			"args:\n  - --db-password\n  - \"%s\"", "[\"--password\", \"%s\"]", "[\"--token\",\"%s\"]",
			"redis-cli -a %s", "mc alias set x https://h.example %s s3cr/et:2", "pass %s", "app --password %s",
			"docker pull --creds %s", "app --weird %s" })
	void whatLogsInIsNoImage(String pasted) {
		assertNothingOfIt(pasted);
	}

	@ParameterizedTest
	@ValueSource(strings = { "ghp_s3cr3ts3cr3t", "github_pat_s3cr3ts3cr3t", "glpat-s3cr3ts3cr3t",
			"dckr_pat_s3cr3ts3cr3t", "eyJhdXRocyI6e319s3cr3t", "ewogICJhdXRocyI6s3cr3t" })
	void aTokenIsKnownByItsForm(String token) {
		assertThatExceptionOfType(RequestException.Malformed.class).isThrownBy(() -> PastedImage.in(token))
			.satisfies((failure) -> assertThat(failure.getMessage()).doesNotContain("s3cr3t"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{"image":"nginx:1","password":"s3cr/et:1"} | nginx:1
			{"token":"s3cr/et:1","image":"nginx:1"} | nginx:1
			GHCR_TOKEN=s3cr/et:1 docker pull ghcr.io/acme/app:1 | ghcr.io/acme/app:1
			docker run -e TOKEN=s3cr/et:1 nginx:1 sh | nginx:1
			docker pull ghcr.io/acme/app:1 --password s3cr/et:1 | ghcr.io/acme/app:1
			curl -H "Authorization: Bearer s3cr/et:1" https://ghcr.io/v2/acme/app/manifests/1 | ghcr.io/acme/app:1
			""")
	void anImageBesideASecretIsFound(String pasted, String image) {
		assertThat(PastedImage.in(pasted)).isEqualTo(image);
	}

	@ParameterizedTest
	@ValueSource(strings = { "ghcr.io/acme/auth:1", "ghcr.io/acme/token", "vault-secret:1.2", "keycloak-auth:latest" })
	void anImageMayBeCalledAfterASecret(String image) {
		assertThat(PastedImage.in(image)).isEqualTo(image);
		assertThat(PastedImage.in("docker pull " + image)).isEqualTo(image);
		assertThat(PastedImage.in("image: " + image)).isEqualTo(image);
	}

	@ParameterizedTest
	@ValueSource(strings = { "password: %s", "- --password\n- %s", "[\"--password\", \"%s\"]", "redis-cli -a %s",
			"pass %s", "my token is %s", "echo %s | docker login ghcr.io --password-stdin",
			"docker login -u me ghcr.io\n%s", "{\"auths\":{\"ghcr.io\":{}}}\n%s", "docker pull --weird %s",
			"app --weird %s", "app -p%s", "docker pull -u %s", "DB_PW=%s", "-p %s", "--password %s" })
	void aSecretThatNamesAHostIsNoImageEither(String pasted) {
		assertThatExceptionOfType(RequestException.Malformed.class)
			.isThrownBy(() -> PastedImage.in(pasted.replace("%s", "s3cr.et/x:1")))
			.satisfies((failure) -> assertThat(failure.getMessage()).doesNotContain("s3cr"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "docker pull %s", "docker pull '%s'", "image: %s", "image: \"%s\"", "image: '%s'",
			"FROM %s", "Failed to pull image \"%s\": denied", "Trying to pull %s...", "manifest for %s not found",
			"kubectl run x --image=%s", "kubectl run x --image \"%s\"", "skopeo inspect docker://%s",
			"helm pull oci://%s", "oc new-app %s", "pull access denied for %s, denied", "%s", "https://%s",
			"{\"image\":\"%s\"}", "msg=\"PullImage \\\"%s\\\" failed\"", "crane digest %s" })
	void aPasswordsCharactersHideAllOfTheWord(String pasted) {
		for (char odd : ";|,'\"`{}~#&<>()\\^*$ ".toCharArray()) {
			for (String login : List.of("me:s3cr/et" + odd + "x", "me:s3cr.et/y:1" + odd + "x",
					"me:s3cr/et " + odd + "x", "me: s3cr/et" + odd + "x", "me:s3cr/et" + odd)) {
				assertThatExceptionOfType(RequestException.Malformed.class)
					.isThrownBy(() -> PastedImage.in(pasted.replace("%s", login + "@ghcr.io/acme/app:1")))
					.satisfies((failure) -> assertThat(failure.getMessage()).doesNotContain("s3cr"));
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "podman pull --creds me:x'ab/%s nginx", "docker run -e \"A=b nginx:1 %s",
			"podman pull --creds me:x\"ab %s", "docker run -e A='b %s nginx:1", "image: \"x'%s\"",
			"Failed to pull image \"x'%s': denied" })
	void behindAQuoteThatDoesNotCloseNothingIsAnImage(String pasted) {
		assertNothingOfIt(pasted);
	}

	@ParameterizedTest
	@ValueSource(strings = { "root@node-1:~# crictl pull %s", "docker run -e MAIL=me@a.example %s sh",
			"Nov 28 03:00:00 a user@1000.service: x\nFailed to pull image \"%s\": denied", "docker pull me:x@%s",
			"Failed to pull image \"me:x@%s\": denied", "ssh me@a.example crictl pull %s" })
	void anAtSignAloneHidesNothing(String pasted) {
		assertThat(PastedImage.in(pasted.replace("%s", "ghcr.io/acme/app:1"))).isEqualTo("ghcr.io/acme/app:1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "A=b:c docker run -e MAIL=me@a.example nginx:1 ghcr.io/acme/app:1",
			"note: docker run -e MAIL=me@a.example nginx:1 ghcr.io/acme/app:1" })
	void whatIsLeftBehindAHiddenLoginIsNoImage(String pasted) {
		assertThatExceptionOfType(RequestException.Malformed.class).isThrownBy(() -> PastedImage.in(pasted));
	}

	/** A secret that would be an image's name. */
	private static void assertNothingOfIt(String pasted) {
		assertThatExceptionOfType(RequestException.Malformed.class)
			.isThrownBy(() -> PastedImage.in(pasted.replace("%s", "s3cr/et:1")))
			.withMessageContaining("expected [registry/]repository[:tag][@digest]")
			.satisfies((failure) -> assertThat(failure.getMessage()).doesNotContain("s3cr"));
	}

}
