package dev.sluice.credential.helper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import dev.sluice.credential.Credential;
import dev.sluice.credential.Secret;
import dev.sluice.oci.CredentialException;
import dev.sluice.oci.OverloadException;
import dev.sluice.testing.HelperScript;
import dev.sluice.testing.LogCapture;
import dev.sluice.testing.TestClock;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * How often helpers are run.
 */
class CredentialHelpersTests {

	private static final HelperQuestion QUESTION = new HelperQuestion("pass", "r.example");

	private final TestClock clock = TestClock.now();

	private final List<Set<Credential>> dropped = new CopyOnWriteArrayList<>();

	private @TempDir Path directory;

	@SuppressWarnings("NullAway.Init")
	private CredentialHelpers helpers;

	@BeforeEach
	void open() {
		this.helpers = new CredentialHelpers(HelperScript.path(this.directory), Duration.ofSeconds(10), this.clock,
				this.dropped::add);
	}

	@AfterEach
	void close() {
		this.helpers.close();
	}

	@Test
	void runsOnceForAHundredAtOnce() {
		HelperScript script = HelperScript.write(this.directory, "pass",
				"sleep 0.3; echo '{\"Username\":\"u\",\"Secret\":\"p\"}'");
		List<Credential> found = Flux.range(0, 100)
			.flatMap((ignored) -> this.helpers.find(QUESTION), 100)
			.collectList()
			.block();
		assertThat(found).hasSize(100).containsOnly(login("p"));
		assertThat(script.runs()).containsExactly("get r.example");
	}

	@Test
	void keepsALoginForFiveMinutes() {
		HelperScript script = HelperScript.giving(this.directory, "pass", "u", "p");
		ask();
		this.clock.advance(Duration.ofSeconds(299));
		assertThat(ask()).contains(login("p"));
		assertThat(script.runs()).hasSize(1);
		this.clock.advance(Duration.ofSeconds(2));
		assertThat(ask()).contains(login("p"));
		assertThat(script.runs()).hasSize(2);
		assertThat(this.dropped).isEmpty();
	}

	@Test
	void keepsForHalfAMinuteThatThereIsNone() {
		HelperScript script = HelperScript.write(this.directory, "pass",
				"echo 'credentials not found in native keychain'; exit 1");
		ask();
		this.clock.advance(Duration.ofSeconds(29));
		assertThat(ask()).isEmpty();
		assertThat(script.runs()).hasSize(1);
		this.clock.advance(Duration.ofSeconds(2));
		HelperScript.giving(this.directory, "pass", "u", "p");
		assertThat(ask()).contains(login("p"));
	}

	@Test
	void keepsAFailureForTenSeconds() {
		HelperScript script = HelperScript.write(this.directory, "pass", "exit 1");
		assertFails();
		this.clock.advance(Duration.ofSeconds(9));
		assertFails();
		assertThat(script.runs()).hasSize(1);
		this.clock.advance(Duration.ofSeconds(2));
		HelperScript.giving(this.directory, "pass", "u", "p");
		assertThat(ask()).contains(login("p"));
	}

	@Test
	void asksAgainForALoginThatWasRejectedAndTellsOfTheChange() {
		HelperScript.giving(this.directory, "pass", "u", "old");
		ask();
		HelperScript script = HelperScript.giving(this.directory, "pass", "u", "new");
		this.helpers.rejected(login("another"));
		assertThat(ask()).contains(login("old"));
		this.helpers.rejected(login("old"));
		assertThat(ask()).contains(login("new"));
		this.helpers.rejected(login("old"));
		assertThat(ask()).contains(login("new"));
		assertThat(script.runs()).hasSize(2);
		assertThat(this.dropped).containsExactly(Set.of(login("old")));
	}

	@Test
	void asksLessAndLessOftenForALoginThatIsRejectedAgainAndAgain() {
		HelperScript script = HelperScript.giving(this.directory, "pass", "u", "wrong");
		for (int second = 0; second < 60; second++) {
			assertThat(ask()).contains(login("wrong"));
			this.helpers.rejected(login("wrong"));
			this.clock.advance(Duration.ofSeconds(1));
		}
		// at once, then after 5, 10 and 20 s
		assertThat(script.runs()).hasSize(5);
	}

	@Test
	void tellsOfALoginThatIsGoneAndOfNoneWhileTheHelperFails() {
		HelperScript.giving(this.directory, "pass", "u", "p");
		ask();
		this.clock.advance(Duration.ofMinutes(6));
		HelperScript.write(this.directory, "pass", "exit 1");
		assertFails();
		assertThat(this.dropped).isEmpty();
		this.clock.advance(Duration.ofMinutes(1));
		HelperScript.write(this.directory, "pass", "echo 'credentials not found in native keychain'; exit 1");
		assertThat(ask()).isEmpty();
		assertThat(this.dropped).containsExactly(Set.of(login("p")));
	}

	@Test
	void runsFourAtOnceAndLetsSixtyFourWait() throws IOException {
		Path gate = this.directory.resolve("gate");
		HelperScript script = HelperScript.write(this.directory, "pass",
				"while [ ! -e '" + gate + "' ]; do sleep 0.05; done; echo '{\"Username\":\"u\",\"Secret\":\"p\"}'");
		var asked = IntStream.range(0, 100)
			.mapToObj((number) -> this.helpers.find(new HelperQuestion("pass", "r" + number)).toFuture())
			.toList();
		Awaitility.await().until(() -> script.runs().size() == 4);
		assertThat(this.helpers.threads()).isEqualTo(4);
		assertThat(asked).filteredOn((future) -> future.isCompletedExceptionally())
			.hasSize(32)
			.allSatisfy((future) -> assertThat(future.exceptionNow()).isInstanceOf(OverloadException.Overloaded.class));
		Files.createFile(gate);
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> asked.stream().allMatch((future) -> future.isDone()));
		assertThat(script.runs()).hasSize(68);
	}

	@ParameterizedTest
	@ValueSource(strings = { "not-installed", "../pass", "/bin/sh", "a b", "", "pass\n", "x;id" })
	void goesOnWithoutAHelperThatCannotBeRunAndSaysSoOnce(String name) {
		try (LogCapture log = LogCapture.asUsersSeeIt()) {
			for (int i = 0; i < 3; i++) {
				assertThat(this.helpers.find(new HelperQuestion(name, "r.example")).blockOptional()).isEmpty();
				this.clock.advance(Duration.ofMinutes(1));
			}
			assertThat(log.entries()).singleElement()
				.satisfies((entry) -> assertThat(entry.message())
					.startsWith("docker-credential-" + name.replace('\n', '?')
							+ " is to be asked for the login of r.example, but is")
					.contains(name.equals("not-installed")
							? "but isn't on the PATH of Sluice: pulls from there go on anonymously"
							: "but is no name that a helper can have"));
		}
	}

	@Test
	void neverRunsWhatTheNameOfAHelperLeadsTo() {
		Path elsewhere = this.directory.resolve("docker-credential-x");
		assertThat(elsewhere.toFile().mkdir()).isTrue();
		HelperScript script = HelperScript.giving(this.directory, "pass", "u", "p");
		assertThat(this.helpers.find(new HelperQuestion("x/../docker-credential-pass", "r.example")).blockOptional())
			.isEmpty();
		assertThat(script.runs()).isEmpty();
	}

	@Test
	void findsAHelperThatIsInstalledLater() {
		assertThat(this.helpers.find(new HelperQuestion("not-installed", "r.example")).blockOptional()).isEmpty();
		assertThat(this.helpers.problem("not-installed")).isPresent();
		HelperScript.giving(this.directory, "not-installed", "u", "p");
		assertThat(this.helpers.problem("not-installed")).isEmpty();
		this.clock.advance(Duration.ofSeconds(11));
		assertThat(this.helpers.find(new HelperQuestion("not-installed", "r.example")).blockOptional())
			.contains(login("p"));
	}

	@Test
	void cutsALongListOfWhatAMissingHelperKeeps() {
		List<String> subjects = IntStream.range(0, 30).mapToObj("r%02d.example"::formatted).toList();
		assertThat(this.helpers.problem("not-installed", subjects).orElseThrow())
			.startsWith("docker-credential-not-installed keeps the logins of r00.example, ")
			.contains("r09.example and 20 more, but isn't on the PATH of Sluice: pulls from there go on anonymously.",
					"{\"auths\":{\"r00.example\":{}}} to DIR/config.json", "docker --config DIR login r00.example",
					"sluice.credentials.docker-config")
			.doesNotContain("r10.example", "\n");
	}

	private Optional<Credential> ask() {
		return this.helpers.find(QUESTION).blockOptional();
	}

	private void assertFails() {
		assertThatExceptionOfType(CredentialException.CredentialUnavailable.class).isThrownBy(this::ask);
	}

	private static Credential login(String secret) {
		return new Credential.Basic("u", new Secret(secret));
	}

}
