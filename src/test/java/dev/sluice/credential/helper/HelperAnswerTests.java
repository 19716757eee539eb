package dev.sluice.credential.helper;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

import dev.sluice.credential.Credential;
import dev.sluice.credential.Secret;
import dev.sluice.testing.HelperScript;
import dev.sluice.testing.LogCapture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the helpers of the field answer, each as it prints it.
 */
class HelperAnswerTests {

	private @TempDir Path directory;

	@SuppressWarnings("NullAway.Init")
	private CredentialHelpers helpers;

	@BeforeEach
	void open() {
		this.helpers = new CredentialHelpers(HelperScript.path(this.directory), Duration.ofSeconds(10),
				InstantSource.system(), (dropped) -> {
				});
	}

	@AfterEach
	void close() {
		this.helpers.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "osxkeychain", "wincred", "secretservice", "pass" })
	void keychainsGiveTheLoginOnOneLine(String name) {
		HelperScript script = HelperScript.giving(this.directory, name, "octo", "s3cret");
		assertThat(ask(name, "https://index.docker.io/v1/"))
			.contains(new Credential.Basic("octo", new Secret("s3cret")));
		assertThat(script.runs()).containsExactly("get https://index.docker.io/v1/");
	}

	@Test
	void gcloudGivesAnAccessTokenOverSeveralLinesWithoutAServer() {
		HelperScript.write(this.directory, "gcloud", """
				echo 'WARNING: could not reach the update server' >&2
				echo '{
				  "Secret": "ya29.token",
				  "Username": "_dcgcloud_token"
				}'""");
		assertThat(ask("gcloud", "eu.gcr.io"))
			.contains(new Credential.Basic("_dcgcloud_token", new Secret("ya29.token")));
	}

	@Test
	void acrEnvGivesAnIdentityToken() {
		HelperScript.giving(this.directory, "acr-env", "<token>", "eyJ.refresh");
		assertThat(ask("acr-env", "acme.azurecr.io"))
			.contains(new Credential.IdentityToken(null, new Secret("eyJ.refresh")));
	}

	@Test
	void whatFollowsTheAnswerDoesNotMatter() {
		HelperScript.write(this.directory, "chatty",
				"echo '{\"Username\":\"u\",\"Secret\":\"{p}\"}'; echo 'A new version is out}'");
		assertThat(ask("chatty", "r.example")).contains(new Credential.Basic("u", new Secret("{p}")));
	}

	@Test
	void fieldsAreFoundWhateverTheirCaseAsDockerDoes() {
		HelperScript.write(this.directory, "own", "printf %s '{\"username\":\"u\",\"SECRET\":\"p\\n\"}'");
		assertThat(ask("own", "r.example")).contains(new Credential.Basic("u", new Secret("p")));
	}

	@Test
	void theLastOfFieldsThatAreThereTwiceCountsUnlessItIsNull() {
		HelperScript.write(this.directory, "twice",
				"printf %s '{\"Username\":\"u\",\"Secret\":\"old\",\"secret\":\"p\",\"Secret\":null}'");
		assertThat(ask("twice", "r.example")).contains(new Credential.Basic("u", new Secret("p")));
	}

	@Test
	void gcloudGivesAKeyInJsonWithItsLines() {
		HelperScript.write(this.directory, "gcloud",
				"printf '%s' '{\"Username\":\"_json_key\",\"Secret\":\"{\\n\\t\\\"type\\\": 1\\r\\n}\\n\"}'");
		assertThat(ask("gcloud", "gcr.io"))
			.contains(new Credential.Basic("_json_key", new Secret("{\n\t\"type\": 1\r\n}")));
	}

	@Test
	void aSecretThatItRepeatsOnStderrIsNotLogged() {
		HelperScript.write(this.directory, "verbose",
				"echo 'found made-up' >&2; echo '{\"Username\":\"u\",\"Secret\":\"made-up\"}'");
		try (LogCapture log = LogCapture.ofEverything()) {
			assertThat(ask("verbose", "r.example")).isPresent();
			assertThat(log.entries()).noneMatch((entry) -> entry.message().contains("made-up"));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "echo 'credentials not found in native keychain'; exit 1",
			"printf 'no credentials server URL'; exit 1", "echo ' no credentials username '; exit 2",
			"echo 'error: credentials not found in native keychain' && exit 1",
			"echo '{\"ServerURL\":\"\",\"Username\":\"\",\"Secret\":\"\"}'" })
	void aHelperMayHaveNone(String body) {
		HelperScript.write(this.directory, "pass", body);
		assertThat(ask("pass", "r.example")).isEmpty();
	}

	@Test
	void aProcessThatItLeavesBehindIsNotWaitedFor() {
		HelperScript.write(this.directory, "pass", "(sleep 30 & echo $! > '" + this.directory.resolve("agent")
				+ "'); echo '{\"Username\":\"u\",\"Secret\":\"p\"}'");
		long begun = System.nanoTime();
		assertThat(ask("pass", "r.example")).contains(new Credential.Basic("u", new Secret("p")));
		assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
		assertThat(Processes.of(this.directory.resolve("agent"))).hasSize(1)
			.allMatch(ProcessHandle::isAlive)
			.allMatch(ProcessHandle::destroyForcibly);
	}

	private Optional<Credential> ask(String helper, String server) {
		return this.helpers.find(new HelperQuestion(helper, server)).blockOptional();
	}

}
