package dev.sluice.login;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import dev.sluice.settings.CloudProperties;
import dev.sluice.settings.Home;
import dev.sluice.settings.SluiceProperties;
import dev.sluice.testing.RunningSluice;
import dev.sluice.testing.TestClient;
import dev.sluice.testing.TestImage;
import dev.sluice.testing.TestRegistry;
import dev.sluice.wiring.CredentialFiles;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Podman's {@code auth.json} and Docker's legacy {@code .dockercfg} beside its
 * {@code config.json}.
 */
class CredentialFilesTests {

	private static final Path HOME = Path.of("/home/u");

	private @TempDir Path directory;

	@Test
	void searchesPodmansFilesThenDockers() {
		assertThat(paths(null, null, Map.of("XDG_RUNTIME_DIR", "/run/user/7"))).containsExactly(
				Path.of("/run/user/7/containers/auth.json"), HOME.resolve(".config/containers/auth.json"),
				HOME.resolve(".docker/config.json"), HOME.resolve(".dockercfg"));
		assertThat(paths(null, null, Map.of("XDG_CONFIG_HOME", "/c", "DOCKER_CONFIG", "/d")))
			.containsSubsequence(Path.of("/c/containers/auth.json"), Path.of("/d/config.json"));
		assertThat(paths(null, null, Map.of()).getFirst().toString()).matches("/run/containers/\\d+/auth.json");
	}

	@Test
	void registryAuthFileStandsInPlaceOfPodmansOtherFiles() {
		assertThat(paths(null, null, Map.of("REGISTRY_AUTH_FILE", "/a.json", "XDG_RUNTIME_DIR", "/run/user/7")))
			.containsExactly(Path.of("/a.json"), HOME.resolve(".docker/config.json"), HOME.resolve(".dockercfg"));
	}

	@Test
	void namedFilesAreTheOnlyOnes() {
		List<Path> named = List.of(Path.of("/named"));
		assertThat(paths(named, null, Map.of("REGISTRY_AUTH_FILE", "/a.json"))).isEqualTo(named);
		assertThat(paths(null, named, Map.of("REGISTRY_AUTH_FILE", "/a.json"))).isEqualTo(named);
		assertThat(paths(List.of(), null, Map.of())).isEmpty();
	}

	@Test
	void longestKeyOfAnAuthJsonAnswersAndComesBeforeAHostsEntryInAnotherFile() throws Exception {
		try (TestRegistry registry = registry()) {
			String host = registry.authority();
			Path docker = write("config.json", "{\"auths\":{\"%s\":%s}}".formatted(host, auth("wrong")));
			Path podman = write("auth.json", "{\"auths\":{\"%s\":%s,\"%s/acme\":%s,\"%s/acme/app\":%s}}".formatted(host,
					auth("wrong"), host, auth("wrong"), host, auth("s3cret")));
			assertStatus(200, registry, "docker-config=" + docker, "auth-json=" + podman);
			assertStatus(403, registry, "docker-config=" + docker);
		}
	}

	@Test
	void repositoryKeyInALaterFileComesBeforeAHostsEntryInAnEarlierOne() throws Exception {
		try (TestRegistry registry = registry()) {
			String host = registry.authority();
			Path docker = write("config.json", "{\"auths\":{\"%s/acme\":%s}}".formatted(host, auth("s3cret")));
			Path podman = write("auth.json", "{\"auths\":{\"%s\":%s}}".formatted(host, auth("wrong")));
			assertStatus(200, registry, "docker-config=" + docker, "auth-json=" + podman);
		}
	}

	@Test
	void pullsWithALegacyDockercfg() throws Exception {
		try (TestRegistry registry = registry()) {
			Path legacy = write(".dockercfg", "{\"%s\":%s}".formatted(registry.url(), auth("s3cret")));
			assertStatus(200, registry, "docker-config=" + legacy);
		}
	}

	@Test
	void homeIsWhatTheEnvironmentSaysItIs() throws Exception {
		try (TestRegistry registry = registry()) {
			Path docker = Files.createDirectory(this.directory.resolve(".docker"));
			Files.writeString(docker.resolve("config.json"),
					"{\"auths\":{\"%s\":%s}}".formatted(registry.authority(), auth("s3cret")));
			assertStatus(200, registry, RunningSluice.atHome(Path.of("/no/home"), Map.of("HOME", "" + this.directory)));
			assertStatus(200, registry, RunningSluice.atHome(this.directory, Map.of("HOME", "")));
			assertStatus(404, registry, RunningSluice.atHome(this.directory, Map.of("HOME", "/no/home")));
		}
	}

	@Test
	void tildeInAPathIsTheSameHome() {
		assertThat(paths(List.of(Path.of("~/a.json")), null, Map.of())).containsExactly(HOME.resolve("a.json"));
		assertThat(Home.directory(Map.of("HOME", "/home/of/environment"))).isEqualTo(Path.of("/home/of/environment"));
		assertThat(Home.directory(Map.of())).isEqualTo(Path.of(System.getProperty("user.home")));
	}

	private static List<Path> paths(@Nullable List<Path> dockerConfig, @Nullable List<Path> authJson,
			Map<String, String> environment) {
		CloudProperties.Identity on = new CloudProperties.Identity(true, null);
		CloudProperties cloud = new CloudProperties(true, on, on, on, new CloudProperties.Switch(true));
		return CredentialFiles.paths(new SluiceProperties.Credentials(dockerConfig, authJson, List.of(),
				new SluiceProperties.KubernetesApi(null, null, null), cloud), environment, HOME);
	}

	private Path write(String name, String content) throws IOException {
		return Files.writeString(this.directory.resolve(name), content);
	}

	private static String auth(String password) {
		return "{\"auth\":\"" + Base64.getEncoder().encodeToString(("robot:" + password).getBytes(UTF_8)) + "\"}";
	}

	private static TestRegistry registry() {
		return TestRegistry.basic("robot", "s3cret").push("acme/app", "1", TestImage.random());
	}

	private static void assertStatus(int status, TestRegistry registry, String... files) throws Exception {
		String[] properties = new String[files.length];
		for (int index = 0; index < files.length; index++) {
			properties[index] = "sluice.credentials." + files[index];
		}
		assertStatus(status, registry, RunningSluice.start(properties));
	}

	private static void assertStatus(int status, TestRegistry registry, RunningSluice started) throws Exception {
		try (RunningSluice sluice = started; TestClient client = TestClient.of(sluice.uri("").toString())) {
			var answer = client.get("/v2/" + registry.authority() + "/acme/app/manifests/1");
			assertThat(answer.statusCode()).as(TestClient.text(answer)).isEqualTo(status);
		}
	}

}
