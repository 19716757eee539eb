package dev.sluice.start;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;

import dev.sluice.settings.SluiceProperties;
import dev.sluice.testing.RunningSluice;
import dev.sluice.testing.TestClient;
import dev.sluice.testing.TestImage;
import dev.sluice.testing.TestRegistry;
import org.junit.jupiter.api.AfterAll;
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
 * What is left empty counts as not set, so that it has its default.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class EmptySettingsTests {

	private static final TestRegistry REGISTRY = TestRegistry.basic("robot", "s3cret")
		.push("acme/app", "1", TestImage.random());

	@TempDir
	private Path directory;

	@AfterAll
	static void stop() {
		REGISTRY.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "docker-config: ", "auth-json: ", "docker-config: ''", "docker-config: ~",
			"docker-config: '${UNSET:}'", "docker-config: []", "{docker-config: , auth-json: }" })
	void credentialsThatAreLeftEmptyAreTheUsersOwn(String credentials) throws Exception {
		Path file = WrittenSettings.file(this.directory, "sluice:\n  credentials:\n    " + credentials + "\n");
		boolean none = credentials.endsWith("[]");
		assertThat(pulled(Map.of(), "sluice.config=" + file)).isEqualTo(none ? 404 : 200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "SLUICE_CREDENTIALS_DOCKER_CONFIG", "SLUICE_CREDENTIALS_AUTH_JSON",
			"sluice.credentials.docker-config" })
	void variablesForCredentialsThatAreEmptyCountAsUnset(String variable) throws Exception {
		assertThat(pulled(Map.of(variable, ""))).isEqualTo(200);
		assertThat(pulled(Map.of(), "sluice.credentials.docker-config=")).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "registries: ", "registries: ''", "max-connections: ", "access: {open: }",
			"access: {open: '${UNSET:}'}", "credentials: {cloud: {enabled: }}",
			"credentials: {cloud: {ecr: {endpoint: }}}", "upstreams: [{name: a.test, catalog: }]",
			"upstreams: [{name: a.test, redirects: }]", "upstreams: [{name: a.test, tls: {skip-verify: }}]",
			"upstreams: [{name: a.test, pool: {size: , pending: }}]", "upstreams: [{name: a.test, credentialHost: }]",
			"upstreams: [{name: a.test, timeouts: {idle: ''}}]",
			"upstreams: [{name: a.test, tls: {certificate: , key: }}]", "upstreams: [{name: a.test, proxy: {url: }}]" })
	void everySettingThatIsLeftEmptyHasItsDefault(String text) throws Exception {
		Path file = WrittenSettings.file(this.directory, "sluice: {host-names: [b.test], " + text + "}\n");
		try (RunningSluice sluice = RunningSluice.start("sluice.config=" + file)) {
			assertThat(sluice.bean(SluiceProperties.class).registries())
				.isEqualTo(SluiceProperties.Registries.WELL_KNOWN);
		}
	}

	@Test
	void optionsAndVariablesThatAreEmptyLeaveTheSettingToOtherPlaces() throws Exception {
		Path file = WrittenSettings.file(this.directory, "sluice: {registries: configured, host-names: [b.test]}\n");
		try (RunningSluice sluice = RunningSluice.in(
				Map.of("SLUICE_REGISTRIES", "", "SLUICE_ACCESS_OPEN", "", "SLUICE_HOST_NAMES", ""),
				"sluice.config=" + file, "sluice.max-connections=", "sluice.registries=")) {
			SluiceProperties settings = sluice.bean(SluiceProperties.class);
			assertThat(settings.registries()).isEqualTo(SluiceProperties.Registries.CONFIGURED);
			assertThat(settings.hostNames()).containsExactly("b.test");
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', value = {
			"upstreams: [{catalog: }] | sluice.upstreams[0]: it is empty: expected 'name:'",
			"upstreams: [{name: a.test}, {name: , catalog: ''}] | sluice.upstreams[1].name = '' won't do",
			"upstreams: [{name: '', catalog: true}] | sluice.upstreams[0].name = '' won't do",
			"upstreams: [{name: a.test, credential: {username: a, password: }}] | sluice.upstreams[0].credential.password is missing",
			"host-names: [''] | sluice.host-names = '' won't do" })
	void refusesWhatIsEmptyAndNeeded(String text, String line, CapturedOutput output) throws Exception {
		Path file = WrittenSettings.file(this.directory, "sluice: {" + text + "}\n");
		assertThatException().isThrownBy(() -> RunningSluice.start("sluice.config=" + file).close());
		WrittenSettings.assertOneLine(output, line);
	}

	/** With the user's own login in {@code ~/.docker/config.json}. */
	private int pulled(Map<String, String> variables, String... properties) throws Exception {
		Path docker = Files.createDirectories(this.directory.resolve(".docker"));
		String login = Base64.getEncoder().encodeToString("robot:s3cret".getBytes(StandardCharsets.UTF_8));
		Files.writeString(docker.resolve("config.json"),
				"{\"auths\":{\"%s\":{\"auth\":\"%s\"}}}".formatted(REGISTRY.authority(), login));
		try (RunningSluice sluice = RunningSluice.atHome(this.directory, variables, properties);
				TestClient client = TestClient.of(sluice.uri("").toString())) {
			return client.get("/v2/" + REGISTRY.authority() + "/acme/app/manifests/1").statusCode();
		}
	}

}
