package dev.sluice.login;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import dev.sluice.credential.helper.CredentialHelpers;
import dev.sluice.testing.HelperScript;
import dev.sluice.testing.LogCapture;
import dev.sluice.testing.RunningSluice;
import dev.sluice.testing.SecretMount;
import dev.sluice.testing.TestClient;
import dev.sluice.testing.TestImage;
import dev.sluice.testing.TestRegistry;
import dev.sluice.testing.TokenServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * A credential that would break a request apart never goes out: whoever asks is told
 * which one it is, and it costs no other pull. The end of a line is no part of any.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class UnusableCredentialTests {

	/** As it stands in JSON. */
	private static final String EVIL = "made-up\\r\\nInjected: x\\r\\n\\r\\nGET /v2/evil HTTP/1.1";

	private static final String C = "sluice.upstreams[0].credential.";

	private final TestRegistry bad = TestRegistry.basic("robot", "s3cret").push("acme/app", "1", TestImage.random());

	private final TestRegistry good = TestRegistry.basic("robot", "s3cret").push("acme/app", "1", TestImage.random());

	@TempDir
	private Path directory;

	@AfterEach
	void close() {
		this.bad.close();
		this.good.close();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
			"registrytoken":"%s"                       | its registry token holds a control character (U+000D)
			"identitytoken":"%s"                       | its identity token holds a control character (U+000D)
			"username":"robot","password":"%s"         | its password holds a control character (U+000D)
			"username":"%s","password":"s3cret"        | its user name holds a control character (U+000D)
			"registrytoken":"made-up\\u0000"           | its registry token holds a control character (U+0000)
			"registrytoken":"made-up "                 | its registry token holds a blank
			"registrytoken":"Bearer made-up"           | its registry token holds a blank
			"username":"my_json_key","password":"{\\nmade-up}" | its password holds a control character (U+000A)
			"username":"robot:made-up","password":"x"  | its user name holds a colon
			""")
	void ofADockerConfigIsNamedToWhoeverAsksAndCostsOnlyItsEntry(String entry, String flaw) throws Exception {
		String source = "docker config " + this.directory.resolve("config.json") + ": auths entry '"
				+ this.bad.authority() + "' can't be used, for " + flaw;
		Path config = Files.writeString(this.directory.resolve("config.json"), config(entry.formatted(EVIL)));
		try (RunningSluice sluice = RunningSluice.start("sluice.credentials.docker-config=" + config)) {
			assertNamedAndHarmless(sluice, source);
		}
	}

	@Test
	void ofALegacyDockercfgIsNamedToo() throws Exception {
		String all = config("\"registrytoken\":\"" + EVIL + "\"");
		Path config = Files.writeString(this.directory.resolve("dockercfg"),
				all.substring("{\"auths\":".length(), all.length() - 1));
		try (RunningSluice sluice = RunningSluice.start("sluice.credentials.docker-config=" + config)) {
			assertNamedAndHarmless(sluice, "docker config " + config + ": auths entry '" + this.bad.authority());
		}
	}

	@Test
	void ofPodmansFileIsNamedToo() throws Exception {
		Path config = Files.writeString(this.directory.resolve("auth.json"),
				config("\"registrytoken\":\"" + EVIL + "\""));
		try (RunningSluice sluice = RunningSluice.atHome(this.directory,
				Map.of("REGISTRY_AUTH_FILE", config.toString()))) {
			assertNamedAndHarmless(sluice, "docker config " + config + ": auths entry '" + this.bad.authority());
		}
	}

	@Test
	void ofDockerAuthConfigIsNamedToo() throws Exception {
		try (RunningSluice sluice = RunningSluice
			.in(Map.of("DOCKER_AUTH_CONFIG", config("\"registrytoken\":\"" + EVIL + "\"")))) {
			assertNamedAndHarmless(sluice, "DOCKER_AUTH_CONFIG: auths entry '" + this.bad.authority());
		}
	}

	@Test
	void ofASecretOfKubernetesIsNamedToo() throws Exception {
		SecretMount.at(this.directory.resolve("pull"))
			.write(Map.of(".dockerconfigjson", config("\"registrytoken\":\"" + EVIL + "\"")));
		SecretMount.at(this.directory.resolve("bearer"))
			.write(Map.of("token", "made-up\r\nInjected: x", "registry", this.bad.authority()));
		try (RunningSluice sluice = RunningSluice.start("sluice.credentials.kubernetes-secrets=" + this.directory)) {
			assertNamedAndHarmless(sluice, "kubernetes secret " + this.directory.resolve("pull")
					+ ": .dockerconfigjson: auths entry '" + this.bad.authority());
			assertThat(health(sluice)).contains("kubernetes secret " + this.directory.resolve("bearer")
					+ ": its registry token holds a control character (U+000D)");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "robot", "<token>" })
	void ofAHelperIsNamedToo(String username) throws Exception {
		HelperScript.write(this.directory, "corp",
				"printf '%s' '{\"Username\":\"" + username + "\",\"Secret\":\"" + EVIL + "\"}'");
		Path config = Files.writeString(this.directory.resolve("config.json"),
				"{\"credHelpers\":{\"" + this.bad.authority() + "\":\"corp\"}," + config("").substring(1));
		try (CredentialHelpers helpers = new CredentialHelpers(HelperScript.path(this.directory),
				CredentialHelpers.TIMEOUT, Clock.systemUTC(), (_) -> {
				});
				RunningSluice sluice = RunningSluice.with(CredentialHelpers.class, helpers,
						"sluice.credentials.docker-config=" + config)) {
			assertNamedAndHarmless(sluice,
					"docker-credential-corp for " + this.bad.authority() + ": its answer can't be used, for its ");
		}
	}

	@Test
	void costsNoPublicContent() throws Exception {
		try (TestRegistry open = TestRegistry.open().push("acme/app", "1", TestImage.random())) {
			Path config = Files.writeString(this.directory.resolve("config.json"),
					"{\"auths\":{\"" + open.authority() + "\":{\"registrytoken\":\"" + EVIL + "\"}}}");
			try (RunningSluice sluice = RunningSluice.start("sluice.credentials.docker-config=" + config);
					TestClient client = TestClient.of(sluice.uri("").toString())) {
				assertThat(client.get(manifest(open)).statusCode()).isEqualTo(200);
				assertThat(open.requests().all()).noneMatch((request) -> request.has("Authorization"));
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "REGISTRY_TOKEN, registry-token", "IDENTITY_TOKEN, identity-token" })
	void ofAVariableOrASettingStopsTheStartWithOneLine(String variable, String property, CapturedOutput output) {
		String text = EVIL.translateEscapes();
		String name = "SLUICE_REGISTRY_" + variable;
		assertThatException().isThrownBy(
				() -> RunningSluice.in(Map.of("SLUICE_REGISTRY_HOSTNAME", "corp.example.test", name, text)).close());
		assertThat(output).contains(name + ": it holds a control character (U+000D)")
			.doesNotContain("Exception", "\tat ", "made-up");
		assertThatException().isThrownBy(
				() -> RunningSluice.start("sluice.upstreams[0].name=corp.example.test", C + property + "=" + text)
					.close());
		assertThat(output).contains(C + property + ": it holds a control character (U+000D)")
			.doesNotContain("Exception", "\tat ", "made-up");
	}

	@Test
	void ofAFileThatChangesLeavesTheLastGoodOneInForce() throws Exception {
		Path password = Files.writeString(this.directory.resolve("password"), "s3cret\r\n");
		try (RunningSluice sluice = RunningSluice.in(Map.of("IMGPKG_REGISTRY_HOSTNAME", this.good.authority(),
				"IMGPKG_REGISTRY_USERNAME", "robot\n", "IMGPKG_REGISTRY_PASSWORD_FILE", password.toString()));
				LogCapture log = LogCapture.asUsersSeeIt();
				TestClient client = TestClient.of(sluice.uri("").toString())) {
			Files.writeString(password, "made-up\nsecond line\n");
			Awaitility.await()
				.untilAsserted(() -> assertThat(log.entries()).anyMatch((entry) -> entry.message()
					.startsWith("IMGPKG_REGISTRY_PASSWORD_FILE: it holds a control character (U+000A)")));
			assertThat(client.get(manifest(this.good)).statusCode()).isEqualTo(200);
			assertThat(health(sluice)).contains("DEGRADED", "IMGPKG_REGISTRY_PASSWORD_FILE").doesNotContain("made-up");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "\\n", "\\r\\n", "\\n\\n" })
	void theEndOfALineIsNoPartOfAToken(String end) throws Exception {
		try (TestRegistry open = TestRegistry.open().push("acme/app", "1", TestImage.random())) {
			List<Supplier<RunningSluice>> all = new ArrayList<>();
			String token = "sekrit" + end;
			String docker = "{\"auths\":{\"" + open.authority() + "\":{\"registrytoken\":\"" + token + "\"}}}";
			Path config = Files.writeString(this.directory.resolve("config.json"), docker);
			Path secret = mounted(this.directory.resolve("secrets"), docker);
			all.add(() -> RunningSluice.start("sluice.credentials.docker-config=" + config));
			all.add(() -> RunningSluice.in(Map.of("DOCKER_AUTH_CONFIG", docker)));
			all.add(() -> RunningSluice.start("sluice.credentials.kubernetes-secrets=" + secret));
			all.add(() -> RunningSluice.in(Map.of("SLUICE_REGISTRY_HOSTNAME", open.authority() + "\n",
					"SLUICE_REGISTRY_REGISTRY_TOKEN", token.translateEscapes())));
			for (Supplier<RunningSluice> start : all) {
				try (RunningSluice sluice = start.get(); TestClient client = TestClient.of(sluice.uri("").toString())) {
					assertThat(client.get(manifest(open)).statusCode()).isEqualTo(200);
				}
			}
			assertThat(open.requests().all()).hasSizeGreaterThanOrEqualTo(all.size())
				.allSatisfy((request) -> assertThat(request.header("Authorization")).contains("Bearer sekrit"));
		}
	}

	@Test
	void theEndOfALineIsNoPartOfASettingsHeader() throws Exception {
		try (TestRegistry open = TestRegistry.open().push("acme/app", "1", TestImage.random());
				RunningSluice sluice = RunningSluice.start("sluice.upstreams[0].name=" + open.authority(),
						"sluice.upstreams[0].endpoints=" + open.url(), "sluice.upstreams[0].headers.X-Key=sekrit\n");
				TestClient client = TestClient.of(sluice.uri("").toString())) {
			assertThat(client.get(manifest(open)).statusCode()).isEqualTo(200);
			assertThat(open.requests().last().header("X-Key")).contains("sekrit");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "_json_key", "json_key" })
	void aKeyInJsonGoesOutWithItsLines(String username) throws Exception {
		String key = "{\n\t\"type\": \"service_account\",\r\n\t\"private_key\": \"-----BEGIN\\nMII\"\n}";
		try (TokenServer tokens = TokenServer.start().user(username, key, "*");
				TestRegistry registry = TestRegistry.token(tokens).push("acme/app", "1", TestImage.random());
				RunningSluice sluice = RunningSluice.in(Map.of("SLUICE_REGISTRY_HOSTNAME", registry.authority(),
						"SLUICE_REGISTRY_USERNAME", username, "SLUICE_REGISTRY_PASSWORD", key + "\n"));
				TestClient client = TestClient.of(sluice.uri("").toString())) {
			assertThat(client.get(manifest(registry)).statusCode()).isEqualTo(200);
		}
	}

	private void assertNamedAndHarmless(RunningSluice sluice, String source) throws Exception {
		try (TestClient client = TestClient.of(sluice.uri("").toString())) {
			HttpResponse<byte[]> refused = client.get(manifest(this.bad));
			assertThat(refused.statusCode()).isEqualTo(502);
			assertThat(TestClient.text(refused)).contains("UNAVAILABLE", source).doesNotContain("made-up");
			assertThat(client.get(manifest(this.good)).statusCode()).isEqualTo(200);
			assertThat(client.get("/v2/").statusCode()).isEqualTo(200);
		}
		assertThat(this.bad.requests().all()).allSatisfy((request) -> {
			assertThat(request.path()).isIn("/v2/", "/v2/acme/app/manifests/1");
			assertThat(request.has("Authorization") || request.has("Injected")).isFalse();
		});
		assertThat(health(sluice)).contains("DEGRADED").doesNotContain("made-up");
	}

	/** An entry for the bad registry, if there is one, and a good one. */
	private String config(String entry) {
		String bad = entry.isEmpty() ? "" : "\"" + this.bad.authority() + "\":{" + entry + "},";
		return "{\"auths\":{" + bad + "\"" + this.good.authority()
				+ "\":{\"username\":\"robot\",\"password\":\"s3cret\"}}}";
	}

	private static Path mounted(Path directory, String docker) {
		SecretMount.at(directory).write(Map.of(".dockerconfigjson", docker));
		return directory;
	}

	private static String manifest(TestRegistry registry) {
		return "/v2/" + registry.authority() + "/acme/app/manifests/1";
	}

	private static String health(RunningSluice sluice) throws Exception {
		try (TestClient management = TestClient.of(sluice.managementUri("").toString())) {
			return TestClient.text(management.get("/actuator/health"));
		}
	}

}
