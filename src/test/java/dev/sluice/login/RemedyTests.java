package dev.sluice.login;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.sluice.testing.HelperScript;
import dev.sluice.testing.RunningSluice;
import dev.sluice.testing.TestClient;
import dev.sluice.testing.TestImage;
import dev.sluice.testing.TestRegistry;
import dev.sluice.testing.TokenServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static dev.sluice.testing.TestClient.text;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whoever is told that a credential is rejected is told what to do about it: to log in
 * again only where that changes the credential.
 */
@Timeout(60)
class RemedyTests {

	private static final String LOG_IN = "; log in again";

	private static final String REPLACE = "; replace it there";

	@TempDir
	private Path directory;

	@Test
	void logInAgainWhereDockersFileHasTheLogin() throws Exception {
		assertRemedy(LOG_IN, Map.of(), "config", "\"auths\":{\"%s\":{\"username\":\"robot\",\"password\":\"wrong\"}}");
	}

	@Test
	void logInAgainWhereAKeychainHasTheLogin() throws Exception {
		HelperScript.giving(this.directory, "pass", "robot", "wrong");
		assertRemedy(LOG_IN, Map.of(), "config", "\"credsStore\":\"pass\",\"auths\":{\"%s\":{}}");
	}

	@Test
	void lookAtAHelperThatMakesLoginsItself() throws Exception {
		HelperScript.giving(this.directory, "ecr-login", "robot", "wrong");
		assertRemedy("; see what docker-credential-ecr-login gives", Map.of(), "config",
				"\"credHelpers\":{\"%s\":\"ecr-login\"}");
	}

	@Test
	void replaceWhatAVariableHas() throws Exception {
		assertRemedy(REPLACE, Map.of("SLUICE_REGISTRY_HOSTNAME", "%s", "SLUICE_REGISTRY_USERNAME", "robot",
				"SLUICE_REGISTRY_PASSWORD", "wrong"), "none", "");
		assertRemedy(REPLACE,
				Map.of("DOCKER_AUTH_CONFIG", "{\"auths\":{\"%s\":{\"username\":\"robot\",\"password\":\"wrong\"}}}"),
				"none", "");
	}

	@Test
	void replaceWhatTheSettingsHave() throws Exception {
		assertRemedy(REPLACE, Map.of("SLUICE_UPSTREAMS_0_CREDENTIAL_USERNAME", "robot",
				"SLUICE_UPSTREAMS_0_CREDENTIAL_PASSWORD", "wrong"), "none", "");
	}

	@Test
	void replaceWhatASecretOfKubernetesHas() throws Exception {
		Path secret = Files.createDirectory(this.directory.resolve("corp"));
		Files.writeString(secret.resolve("username"), "robot");
		Files.writeString(secret.resolve("password"), "wrong");
		assertRemedy(REPLACE, Map.of("SLUICE_CREDENTIALS_KUBERNETES_SECRETS", secret.toString()), "registry", "%s");
	}

	private void assertRemedy(String remedy, Map<String, String> variables, String file, String written)
			throws Exception {
		try (TestRegistry basic = TestRegistry.basic("robot", "right").push("acme/app", "1", TestImage.random());
				TokenServer tokens = TokenServer.start().user("robot", "right", "acme/*");
				TestRegistry token = TestRegistry.token(tokens).push("acme/app", "1", TestImage.random())) {
			for (TestRegistry registry : List.of(basic, token)) {
				assertThat(message(registry, variables, file, written)).contains(remedy)
					.satisfies((message) -> assertThat(message.contains("log in")).isEqualTo(remedy.equals(LOG_IN)));
			}
		}
	}

	private String message(TestRegistry registry, Map<String, String> variables, String file, String written)
			throws Exception {
		String text = written.formatted(registry.authority());
		Path config = Files.writeString(this.directory.resolve("config.json"), "{" + text + "}");
		if (file.equals("registry")) {
			Files.writeString(this.directory.resolve("corp/registry"), text);
		}
		Map<String, String> all = new HashMap<>(Map.of("PATH", HelperScript.path(this.directory),
				"SLUICE_UPSTREAMS_0_NAME", "corp.test", "SLUICE_UPSTREAMS_0_ENDPOINTS_0", registry.url()));
		variables.forEach((name, value) -> all.put(name, value.replace("%s", registry.authority())));
		try (RunningSluice sluice = RunningSluice.in(all,
				"sluice.credentials.docker-config=" + (file.equals("config") ? config : ""));
				TestClient client = TestClient.of(sluice.uri("").toString())) {
			return text(client.get("/v2/corp.test/acme/app/manifests/1"));
		}
	}

}
