package dev.sluice.credential.helper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

import dev.sluice.oci.CredentialException;
import dev.sluice.oci.RegistryException;
import dev.sluice.testing.HelperScript;
import dev.sluice.testing.LogCapture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * A helper that fails costs one clear error, and leaves no process and no thread.
 */
class HelperFailureTests {

	private static final HelperQuestion QUESTION = new HelperQuestion("bad", "r.example");

	private static final String ADVICE = "; to look into it, run as Sluice's user: "
			+ "echo r.example | docker-credential-bad get";

	private @TempDir Path directory;

	@SuppressWarnings("NullAway.Init")
	private CredentialHelpers helpers;

	@BeforeEach
	void open() {
		this.helpers = helpers(Duration.ofSeconds(10));
	}

	@AfterEach
	void leavesNothing() {
		this.helpers.close();
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(ProcessHandle.current().descendants()).noneMatch((process) -> process.info()
				.commandLine()
				.filter((line) -> line.contains(this.directory.toString()))
				.isPresent()));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~',
			textBlock = """
					echo 'made-up'; echo >&2; echo 'no agent' >&2; echo 'more' >&2; exit 3 | it ended with status 3, stderr: no agent
					echo 'made-up'; exit 1 | it ended with status 1
					exit 255 | it ended with status 255
					kill -9 $$ | it ended with status 137 (signal 9)
					kill -TERM $$ | it ended with status 143 (signal 15)
					echo 'made-up' | its answer is no JSON object with Username and Secret
					true | its answer is no JSON object with Username and Secret
					echo '["made-up"]' | its answer is no JSON object with Username and Secret
					echo '{"Username":"made-up"}' | its answer is no JSON object with Username and Secret
					echo '{"Username":7,"Secret":"made-up"}' | its answer is no JSON object with Username and Secret
					echo '{"Username":"","Secret":"made-up"}' | its answer has an empty Username
					echo '{"Username":"<token>","Secret":""}' | its answer has an empty Secret
					head -c 2000 /dev/urandom | its answer is no JSON object with Username and Secret
					echo '{"Username":"u","Secret":"made-up"}'; exit 1 | it ended with status 1
					echo '{"Username":"u","Secret":"made-up"'; echo 'no agent' >&2; exit 1 | it ended with status 1, stderr: no agent
					printf '{"Username":"u", "Secret":"made-up"} and more words'; exit 1 | it ended with status 1
					echo '{"Username":"u","Secret":["made-up"]}' | its answer is no JSON object with Username and Secret
					echo '{"Username":"u","Secret":"made-up' | its answer is no JSON object with Username and Secret
					echo '{"Username":"u","Secret":"x","Secret":7}' | its answer is no JSON object with Username and Secret
					printf %s '{"Username":"u","Secret":"made-up\\r\\nX: y"}' | its answer can't be used, for its password holds a control character (U+000D) before its end
					echo '{"Username":"made:up","Secret":"s"}' | its answer can't be used, for its user name holds a colon, which ends the user name in Basic authentication
					head -c 60000 /dev/zero; printf made-up | its answer is no JSON object with Username and Secret
					""")
	void saysWhatHappenedAndNeverASecret(String body, String cause) {
		HelperScript.write(this.directory, "bad", body);
		try (LogCapture log = LogCapture.ofEverything()) {
			assertThat(failure()).hasMessage("no login from docker-credential-bad for r.example: " + cause + ADVICE)
				.hasMessageNotContaining("made-up");
			assertThat(log.entries()).noneMatch((entry) -> entry.message().contains("made-up"));
		}
	}

	/** Helpers write why they fail on their standard output. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~',
			textBlock = """
					echo 'keychain cannot be accessed because the current session does not allow user interaction.' | keychain cannot be accessed because the current session does not allow user interaction.
					echo 'exit status 2: gpg: decryption failed: No secret key'; echo 'locked' >&2 | exit status 2: gpg: decryption failed: No secret key, stderr: locked
					echo; echo ' two '; echo ' lines' | two lines
					printf 'a \\033[31mred\\007 word' | a ?[31mred? word
					echo 'token ya29.made-up-that-is-long-enough-for-a-token expired at https://r.example/a/very/long/path' | token … expired at https://r.example/a/very/long/path
					""")
	void itsWordsOnStdoutAreTold(String body, String words) {
		HelperScript.write(this.directory, "bad", body + "; exit 1");
		assertThat(failure())
			.hasMessage("no login from docker-credential-bad for r.example: it ended with status 1, saying: " + words
					+ ADVICE)
			.hasMessageNotContaining("made-up");
	}

	@Test
	void ofManyWordsAFewAreTold() {
		HelperScript.write(this.directory, "bad", "yes 'no keyring' | head -n 5000; exit 1");
		assertThat(String.valueOf(failure().getMessage())).contains("saying: no keyring no keyring")
			.hasSizeLessThan(500);
	}

	@Test
	void stderrGoesToTheLogAtDebug() {
		HelperScript.write(this.directory, "bad", "echo 'first' >&2; echo 'second' >&2; exit 1");
		try (LogCapture log = LogCapture.ofEverything()) {
			failure();
			assertThat(log.entries()).filteredOn((entry) -> entry.message().contains("second"))
				.singleElement()
				.satisfies((entry) -> assertThat(entry.level()).hasToString("DEBUG"));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "sleep 60", "sleep 60 & wait", "(sleep 60 & sleep 60); echo never",
			"trap '' TERM INT HUP; while true; do sleep 1; done", "exec >&- 2>&-; sleep 60",
			"while true; do echo noise >&2; done" })
	void endsOneThatHangsWithAllThatItStarted(String body) {
		HelperScript.write(this.directory, "bad", "echo $$ > '" + this.directory.resolve("pids") + "'; "
				+ body.replace("sleep 60 &", "sleep 60 & echo $! >> '" + this.directory.resolve("pids") + "';"));
		this.helpers.close();
		this.helpers = helpers(Duration.ofMillis(500));
		long begun = System.nanoTime();
		assertThat(failure()).hasMessageStartingWith(
				"no login from docker-credential-bad for r.example: it didn't answer within 0.5 s and was ended");
		assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
		assertThat(this.directory.resolve("pids")).isNotEmptyFile();
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.untilAsserted(
					() -> assertThat(Processes.of(this.directory.resolve("pids"))).noneMatch(ProcessHandle::isAlive));
	}

	@Test
	void endsOneThatFloods() {
		HelperScript.write(this.directory, "bad", "yes '{\"Username\":\"made-up\"'");
		assertThat(failure()).hasMessage("no login from docker-credential-bad for r.example: "
				+ "it wrote more than 64 KiB to its stdout and was ended" + ADVICE);
	}

	@Test
	void refusesAFloodThatIsOver() {
		HelperScript.write(this.directory, "bad", "head -c 70000 /dev/zero");
		assertThat(failure()).hasMessageContaining("it wrote more than 64 KiB to its stdout");
	}

	@Test
	void saysWhyOneCannotBeStarted() throws IOException {
		Path program = HelperScript.giving(this.directory, "bad", "u", "p")
			.directory()
			.resolve("docker-credential-bad");
		Files.writeString(program, "#!/no/such/interpreter\n");
		assertThat(failure()).hasMessageContaining("it can't be started (").hasMessageEndingWith(ADVICE);
	}

	@Test
	void hasNoThreadLeftOnceItHasNothingToDo() {
		HelperScript.write(this.directory, "bad", "exit 1");
		failure();
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(this.helpers.threads()).isZero());
	}

	@Test
	void aStopOfSluiceEndsTheRunUnderWay() {
		HelperScript.write(this.directory, "bad", "echo $$ > '" + this.directory.resolve("pids") + "'; sleep 60");
		var asked = this.helpers.find(QUESTION).toFuture();
		Awaitility.await().until(() -> !Processes.of(this.directory.resolve("pids")).isEmpty());
		this.helpers.close();
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(asked).isCompletedExceptionally());
		assertThat(Processes.of(this.directory.resolve("pids"))).noneMatch(ProcessHandle::isAlive);
	}

	private RegistryException failure() {
		return catchThrowableOfType(CredentialException.CredentialUnavailable.class,
				() -> this.helpers.find(QUESTION).block());
	}

	private CredentialHelpers helpers(Duration timeout) {
		return new CredentialHelpers(HelperScript.path(this.directory), timeout, InstantSource.system(), (dropped) -> {
		});
	}

}
