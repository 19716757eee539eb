package dev.sluice.start;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

import dev.sluice.testing.RunningSluice;
import dev.sluice.testing.TestClient;
import dev.sluice.testing.TestImage;
import dev.sluice.testing.TestRegistry;
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
 * Placeholders as shells, Compose files and other programs write them are never sent as a
 * password, nor looked for as a file: the start says how to write them.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class ForeignPlaceholdersTests {

	private static final String U = "sluice.upstreams[0].";

	@TempDir
	private Path directory;

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"${UNSET:-s3cret} | ${NAME:-…} is a shell's form, and Sluice would take the '-' for a part of the value: a default is written ${NAME:default}",
			"${PW:-s3cret} | ${NAME:-…} is a shell's form", "a${UNSET:${PW:-s3cret}} | ${NAME:-…} is a shell's form",
			"${PW:?must be set} | ${NAME:?…} is a shell's form, and Sluice would take the '?' for a part of the value: write ${NAME}, which",
			"${PW:+s3cret} | ${NAME:+…} is a shell's form", "${UNSET:=s3cret} | ${NAME:=…} is a shell's form",
			"${UNSET-s3cret} | ${NAME-…} is a shell's form: a default is written ${NAME:default}",
			"${UNSET?s3cret} | ${NAME?…} is a shell's form: write ${NAME}",
			"${env:PW} | ${env:…} would be the variable 'env' with a default: an environment variable is written ${NAME}",
			"${file:/run/secrets/pw} | ${file:…} would be the variable 'file' with a default",
			"${vault:secret/data/pw#s3cret} | ${vault:…} would be",
			"$PW | a variable is written ${NAME}; $NAME, $(NAME) and #{…} would be taken as they stand; if it is meant as it stands, write ${OTHER_NAME}",
			"$UNSET_2 | a variable is written ${NAME}", "$(PW) | a variable is written ${NAME}",
			"$(cat /run/secrets/pw) | a variable is written ${NAME}", "${UNSET:$PW} | a variable is written ${NAME}",
			"#{systemEnvironment['PW']} | a variable is written ${NAME}",
			"file:/run/secrets/pw | it would be sent as it stands, and says where a secret is kept",
			"env:PW | it would be sent", "vault:secret/data/pw#s3cret | it would be sent",
			"{cipher}s3cret | it would be sent" })
	void refusesThemInAPassword(String password, String line, CapturedOutput output) {
		String quoted = "'" + password.replace("'", "''") + "'";
		assertThatException().isThrownBy(
				() -> start("- name: a.test\n    credential: {username: me, password: " + quoted + "}").close());
		assertOneLine(output, U + "credential.password: " + line);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"headers: {Authorization: 'Bearer $PW'} | sluice.upstreams[0].headers.authorization: a variable is written ${NAME}",
			"headers: {X-Key: '${UNSET:-s3cret}'} | sluice.upstreams[0].headers.x-key: ${NAME:-…} is a shell's form",
			"credential: {username: $USER, password: s3cret} | credential.username: a variable is written ${NAME}",
			"proxy: {url: 'http://me:$PW@proxy.test:1'} | proxy.url: a variable is written ${NAME}",
			"endpoints: ['${UNSET:-https://b.test}'] | endpoints[0]: ${NAME:-…} is a shell's form",
			"credential: {username: a, password-file: 'file:/run/pw'} | credential.password-file = '…' won't do: expected a path, without anything",
			"credential: {username: a, password-file: $DIR/pw} | credential.password-file = '…' won't do: a variable is written ${NAME}" })
	void refusesThemElsewhere(String setting, String line, CapturedOutput output) {
		assertThatException().isThrownBy(() -> start("- name: a.test\n    " + setting).close());
		assertOneLine(output, line);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"SLUICE_UPSTREAMS_0_HEADERS_AUTHORIZATION=Bearer $PW | a variable is written ${NAME}",
			"SLUICE_UPSTREAMS_0_HEADERS_AUTHORIZATION=Bearer ${s3cret}x | it has a placeholder ${…} that nothing sets",
			"SLUICE_UPSTREAMS_0_HEADERS_AUTHORIZATION=vault:s3cret | it would be sent as it stands",
			"SLUICE_UPSTREAMS_0_CREDENTIAL_REGISTRY_TOKEN=$(PW) | a variable is written ${NAME}",
			"SLUICE_UPSTREAMS_0_CREDENTIAL_USERNAME=a${s3cret} | it has a placeholder ${…} that nothing sets",
			"sluice.upstreams[0].credential.password=${PW:-s3cret} | ${NAME:-…} is a shell's form" })
	void refusesThemInVariables(String variable, String line, CapturedOutput output) {
		int equals = variable.indexOf('=');
		String name = variable.substring(0, equals);
		assertThatException().isThrownBy(() -> RunningSluice
			.in(Map.of("SLUICE_UPSTREAMS_0_NAME", "a.test", "PW", "0123", name, variable.substring(equals + 1)))
			.close());
		assertOneLine(output, name + ": " + line);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "${DIR:-~/.docker}/config.json | : ${NAME:-…} is a shell's form",
			"$HOME/.docker/config.json | = '$HOME/.docker/config.json' won't do: a variable is written ${NAME}; if it is meant",
			"/run/$USER/config.json | = '/run/$USER/config.json' won't do: a variable is written ${NAME}",
			"${UNSET:$HOME/.docker}/config.json | = '$HOME/.docker/config.json' won't do: a variable",
			"a.json,$(HOME)/b.json | = '$(HOME)/b.json' won't do: a variable is written",
			"~root/config.json | = '~root/config.json' won't do: only ~ itself is a home directory, that of Sluice's user",
			"a.json,${TILDE}/config.json | = '~root/config.json' won't do: only ~ itself is a home directory",
			"file:/run/config.json | = 'file:/run/config.json' won't do: expected a path, without anything before it" })
	void refusesThemInAPath(String path, String line, CapturedOutput output) {
		assertThatException().isThrownBy(() -> RunningSluice
			.in(Map.of("SLUICE_CREDENTIALS_AUTH_JSON", path, "HOME", "/home/me", "TILDE", "~root"))
			.close());
		assertOneLine(output, "SLUICE_CREDENTIALS_AUTH_JSON" + (line.startsWith(":") ? "" : " ") + line);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "server.ssl.key-store-password=$PW | : a variable is written ${NAME}",
					"spring.ssl.bundle.jks.a.key.password=${UNSET:-s3cret} | : ${NAME:-…} is a shell's form",
					"server.port=${PORT:-5050} | : ${NAME:-…} is a shell's form",
					"logging.file.name=$HOME/a.log | = '$HOME/a.log' won't do: a variable is written ${NAME}",
					"logging.file.path=~/logs | = '~/logs' won't do: ~ isn't replaced here: write ${HOME}",
					"logging.file.name=${LOGS:-/tmp}/a.log | : ${NAME:-…} is a shell's form" })
	void refusesThemInSettingsOfSpringBoot(String property, String line, CapturedOutput output) {
		assertThatException().isThrownBy(() -> RunningSluice.start(property).close());
		String name = property.substring(0, property.indexOf('='));
		assertOneLine(output, name + (line.startsWith(":") ? "" : " ") + line);
	}

	@ParameterizedTest
	@ValueSource(strings = { "$ecret", "$Up3r", "a$PW", "$PW$", "pa$$WORD", "$oauthtoken", "\\${PW:-x}", "${PW:x-y}",
			"${UNSET:a:-b}", "${LITERAL}", "~root", "x${UNSET:}$PW", "(PW)", "vaults:1" })
	void sendsWhatAPasswordMayBe(String password) throws Exception {
		Map<String, String> sent = Map.of("\\${PW:-x}", "${PW:-x}", "${PW:x-y}", "0123", "${UNSET:a:-b}", "a:-b",
				"${LITERAL}", "$PW", "x${UNSET:}$PW", "x$PW");
		try (TestRegistry registry = TestRegistry.basic("me", sent.getOrDefault(password, password))
			.push("app", "1", TestImage.random());
				RunningSluice sluice = start("- name: a.test\n    endpoints: ['" + registry.url()
						+ "']\n    credential: {username: me, password: '" + password + "'}");
				TestClient client = TestClient.of(sluice.uri("").toString())) {
			assertThat(client.get("/v2/a.test/app/manifests/1").statusCode()).isEqualTo(200);
		}
	}

	private RunningSluice start(String upstream) throws Exception {
		Path file = Files.writeString(this.directory.resolve("s.yml"), "sluice:\n  upstreams:\n  " + upstream + "\n");
		Map<String, String> variables = new HashMap<>(Map.of("PW", "0123", "LITERAL", "$PW"));
		variables.put("SLUICE_CONFIG", file.toString());
		return RunningSluice.in(variables);
	}

	private static void assertOneLine(CapturedOutput output, String line) {
		Stream<String> told = output.getAll().lines().filter((it) -> it.contains("Sluice can't start: "));
		assertThat(told).singleElement().asString().contains(line);
		assertThat(output).doesNotContain("s3cret", "Exception", "\tat ", "APPLICATION FAILED");
	}

}
