package dev.sluice.matrix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.sluice.testing.HelperScript;
import dev.sluice.testing.TestClient;
import dev.sluice.testing.registries.Form;
import dev.sluice.testing.registries.Offer;
import dev.sluice.testing.registries.Personalities;
import dev.sluice.testing.registries.Personality;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What blobber, nerdctl, imgpkg, Finch, Docker and Podman leave in a home directory and
 * an environment is used as it is, by a Sluice that has no settings for credentials.
 */
@ExtendWith(OutputCaptureExtension.class)
class ToolCredentialTests {

	private static final Personality HUB = Personalities.named("Docker Hub");

	private static final Personality GHCR = Personalities.named("GHCR");

	private static final Personality ECR = Personalities.named("ECR");

	private static final Personality ECR_PUBLIC = Personalities.named("ECR Public");

	private static final Personality GCR = Personalities.named("GCR");

	private static final Personality ARTIFACT_REGISTRY = Personalities.named("Artifact Registry");

	private static final Personality DISTRIBUTION = Personalities.named("Distribution, htpasswd");

	private static final String NOT_FOUND = "echo 'credentials not found in native keychain'; exit 1";

	private @TempDir Path home;

	/** What a client names a registry, and which it is. */
	private final Map<String, Personality> registries = new LinkedHashMap<>();

	private final Map<String, String> variables = new HashMap<>();

	@Test
	void dockerAndBlobberKeepALoginInTheHomeDirectory() throws Exception {
		write(".docker/config.json", "{\"auths\":{\"ghcr.io\":%s}}".formatted(auth(GHCR)));
		this.registries.put("ghcr.io", GHCR);
		assertPulled("ghcr.io");
	}

	@ParameterizedTest
	@ValueSource(strings = { "run/containers/auth.json", ".config/containers/auth.json" })
	void podmanKeepsALoginInOneOfTwoFiles(String file) throws Exception {
		write(file, "{\"auths\":{\"ghcr.io\":%s}}".formatted(auth(GHCR)));
		this.registries.put("ghcr.io", GHCR);
		assertPulled("ghcr.io");
	}

	/** {@code finch login}, and {@code aws ecr get-login-password | finch login}. */
	@Test
	void finchKeepsLoginsInADirectoryOfItsOwn() throws Exception {
		write(".finch/config.json",
				"{\"auths\":{\"%s\":%s,\"%s\":%s}}".formatted(HUB.credentialKey(), auth(HUB), ECR.host(), auth(ECR)));
		this.variables.put("DOCKER_CONFIG", this.home.resolve(".finch").toString());
		list(HUB, ECR);
		assertPulled(HUB.host(), ECR.host());
	}

	/** On Linux Finch reads {@code /root/.docker/config.json}: root's home directory. */
	@ParameterizedTest
	@ValueSource(strings = { ".finch", ".docker" })
	void finchHasEcrLoginForAllRegistriesAndItKnowsOnlyAmazons(String directory) throws Exception {
		write(directory + "/config.json", "{\"credsStore\":\"ecr-login\"}");
		this.variables.put("DOCKER_CONFIG", directory.equals(".finch") ? this.home.resolve(directory).toString() : "");
		helper("ecr-login", ECR, ECR_PUBLIC);
		list(ECR, ECR_PUBLIC, HUB);
		try (HomePulls pulls = new HomePulls(this.home, this.variables, this.registries)) {
			assertThat(pulls.status(ECR.host(), ECR.privateRepository())).isEqualTo(200);
			assertThat(pulls.status(ECR_PUBLIC.host(), ECR_PUBLIC.publicRepository())).isEqualTo(200);
			assertThat(pulls.status(HUB.host(), HUB.publicRepository())).isEqualTo(200);
			assertThat(pulls.status(HUB.host(), HUB.privateRepository())).isEqualTo(403);
			assertThat(pulls.of(ECR_PUBLIC).exchanges()).hasSize(1)
				.allMatch((request) -> request.header("Authorization").orElse("").equals(basic(ECR_PUBLIC)));
		}
	}

	@Test
	void nerdctlHasEcrLoginForAmazonsRegistriesAlone() throws Exception {
		write(".docker/config.json",
				"{\"credHelpers\":{\"public.ecr.aws\":\"ecr-login\",\"%s\":\"ecr-login\"}}".formatted(ECR.host()));
		HelperScript script = helper("ecr-login", ECR, ECR_PUBLIC);
		list(ECR, ECR_PUBLIC);
		assertPulled(ECR.host(), ECR_PUBLIC.host());
		assertThat(script.runs()).containsExactlyInAnyOrder("get " + ECR.host(), "get public.ecr.aws");
	}

	/** The old {@code aws ecr get-login} runs {@code docker login … https://…}. */
	@Test
	void imgpkgUsesTheKeyThatTheOldAwsCommandLineLeft() throws Exception {
		write(".docker/config.json", "{\"auths\":{\"https://%s\":%s}}".formatted(ECR.host(), auth(ECR)));
		list(ECR);
		assertPulled(ECR.host());
	}

	@Test
	void nerdctlWritesTheSameHostInSixForms() throws Exception {
		List<String> forms = List.of("%s:443", "https://%s:443", "http://%s:443", "%s", "https://%s", "http://%s");
		List<String> keys = new ArrayList<>();
		for (int index = 0; index < forms.size(); index++) {
			this.registries.put("r" + index + ".corp.example", DISTRIBUTION);
			keys.add(forms.get(index).formatted("r" + index + ".corp.example"));
		}
		this.registries.put("192.168.12.34:5000", DISTRIBUTION);
		keys.add("192.168.12.34:5000");
		write(".docker/config.json", "{\"auths\":{%s}}".formatted(
				keys.stream().map((key) -> "\"" + key + "\":" + auth(DISTRIBUTION)).collect(Collectors.joining(","))));
		assertPulled(this.registries.keySet().toArray(String[]::new));
	}

	@Test
	void gcloudIsTheHelperOfAllHostsThatItConfigures() throws Exception {
		List<String> hosts = List.of("gcr.io", "us.gcr.io", "eu.gcr.io", "asia.gcr.io", "staging-k8s.gcr.io",
				"marketplace.gcr.io", "asia-northeast1-docker.pkg.dev");
		write(".docker/config.json", "{\"credHelpers\":{%s}}"
			.formatted(hosts.stream().map((host) -> "\"" + host + "\":\"gcloud\"").collect(Collectors.joining(","))));
		HelperScript.giving(this.home, "gcloud", "_dcgcloud_token", "ya29.s3cret");
		hosts.forEach((host) -> this.registries.put(host, host.endsWith("gcr.io") ? GCR : ARTIFACT_REGISTRY));
		assertPulled(hosts.toArray(String[]::new));
	}

	@Test
	void serviceAccountKeyIsAPasswordHoweverTheLoginNamedTheRegistry() throws Exception {
		write(".docker/config.json", "{\"auths\":{\"https://gcr.io\":%s,\"us-docker.pkg.dev\":%s}}".formatted(auth(GCR),
				auth(ARTIFACT_REGISTRY)));
		list(GCR, ARTIFACT_REGISTRY);
		assertPulled("gcr.io", "us-docker.pkg.dev");
	}

	@ParameterizedTest
	@ValueSource(strings = { "osxkeychain", "wincred", "secretservice", "pass" })
	void aKeychainKeepsWhatTheFileHasAnEmptyEntryFor(String store) throws Exception {
		write(".docker/config.json",
				"{\"auths\":{\"%s\":{},\"ghcr.io\":{}},\"credsStore\":\"%s\"}".formatted(HUB.credentialKey(), store));
		HelperScript script = helper(store, HUB, GHCR);
		list(HUB, GHCR);
		assertPulled(HUB.host(), GHCR.host());
		assertThat(script.runs()).containsExactly("get https://index.docker.io/v1/", "get ghcr.io");
	}

	/** The very file of imgpkg's documentation, its trailing comma included. */
	@Test
	void imgpkgsExampleIsReadInSpiteOfItsCommaAndSaysSo(CapturedOutput output) throws Exception {
		write(".docker/config.json", """
				{
				  "auths": {
				    "https://index.docker.io/v1/": {
				      "auth": "dXNlcjpwYXNzd29yZA=="
				    },
				  },
				  "HttpHeaders": {
				    "User-Agent": "Docker-Client/18.09.6 (darwin)"
				  }
				}
				""");
		list(HUB);
		try (HomePulls pulls = new HomePulls(this.home, this.variables, this.registries)) {
			assertThat(pulls.status(HUB.host(), HUB.privateRepository())).isEqualTo(403);
			assertThat(pulls.of(HUB).exchanges()).isNotEmpty()
				.first()
				.satisfies((request) -> assertThat(request.header("Authorization"))
					.contains("Basic dXNlcjpwYXNzd29yZA=="));
		}
		assertThat(output).contains("config.json", "has a trailing comma before line 6");
	}

	@Test
	void imgpkgsVariablesForSeveralRegistriesAreUsed() throws Exception {
		this.variables.putAll(Map.of("IMGPKG_REGISTRY_HOSTNAME", "docker.io", "IMGPKG_REGISTRY_USERNAME",
				login(HUB).username(), "IMGPKG_REGISTRY_PASSWORD", login(HUB).right()));
		this.variables.putAll(Map.of("IMGPKG_REGISTRY_HOSTNAME_0", "gcr.io", "IMGPKG_REGISTRY_USERNAME_0",
				login(GCR).username(), "IMGPKG_REGISTRY_PASSWORD_0", login(GCR).right()));
		list(HUB, GCR);
		assertPulled("docker.io", "gcr.io");
	}

	@Test
	void imgpkgsVariablesWithoutARegistryGoNowhereAndAreNamed(CapturedOutput output) throws Exception {
		this.variables.putAll(Map.of("IMGPKG_USERNAME", login(GHCR).username(), "IMGPKG_PASSWORD", login(GHCR).right(),
				"IMGPKG_TOKEN", "token-of-s3cret", "IMGPKG_ANON", "true"));
		list(GHCR);
		try (HomePulls pulls = new HomePulls(this.home, this.variables, this.registries)) {
			assertThat(pulls.status("ghcr.io", GHCR.publicRepository())).isEqualTo(200);
			assertThat(pulls.status("ghcr.io", GHCR.privateRepository())).isEqualTo(403);
			assertThat(pulls.of(GHCR).exchanges()).isNotEmpty().noneMatch((request) -> request.has("Authorization"));
		}
		assertThat(output)
			.contains("no credential goes to all of them: IMGPKG_USERNAME, IMGPKG_PASSWORD, IMGPKG_TOKEN, IMGPKG_ANON",
					"IMGPKG_REGISTRY_HOSTNAME")
			.doesNotContain("s3cret");
	}

	private void list(Personality... personalities) {
		Stream.of(personalities).forEach((personality) -> this.registries.put(personality.host(), personality));
	}

	private void write(String file, String content) throws IOException {
		Path path = this.home.resolve(file);
		Files.createDirectories(path.getParent());
		Files.writeString(path, content);
	}

	/** A helper that keeps the logins of these registries and of no other. */
	private HelperScript helper(String name, Personality... personalities) {
		String cases = Stream.of(personalities)
			.map((personality) -> "'%s') printf '{\"Username\":\"%s\",\"Secret\":\"%s\"}';;\n"
				.formatted(personality.credentialKey(), login(personality).username(), login(personality).right()))
			.collect(Collectors.joining());
		return HelperScript.write(this.home, name, "case \"$server\" in\n" + cases + "*) " + NOT_FOUND + ";;\nesac\n");
	}

	private static Offer.Kept login(Personality personality) {
		return (Offer.Kept) personality.offer(Form.LOGIN);
	}

	private static String auth(Personality personality) {
		String pair = login(personality).username() + ":" + login(personality).right();
		return "{\"auth\":\"" + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8)) + "\"}";
	}

	private static String basic(Personality personality) {
		return TestClient.basic(login(personality).username(), login(personality).right());
	}

	private void assertPulled(String... hosts) throws Exception {
		try (HomePulls pulls = new HomePulls(this.home, this.variables, this.registries)) {
			for (String host : hosts) {
				assertThat(pulls.status(host)).as(host).isEqualTo(200);
			}
		}
	}

}
