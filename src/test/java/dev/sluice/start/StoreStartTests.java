package dev.sluice.start;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import dev.sluice.command.CommandRun;
import dev.sluice.testing.RunningSluice;
import dev.sluice.testing.TestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.awaitility.Awaitility.await;

/**
 * Where the store is, and what a start does where it can't be: it serves all the same.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class StoreStartTests {

	private static final String SAYING = "logging.level.dev.sluice.wiring.StartReport=info";

	private static final String ON = "sluice.store.enabled=true";

	@TempDir
	private Path directory;

	@Test
	void healthTellsWhereItIsAndHowLargeItMayGet() throws Exception {
		try (RunningSluice sluice = on(this.directory, "sluice.store.max-size=3GB")) {
			assertThat(health(sluice).at("/status").asString()).isEqualTo("UP");
			assertThat(health(sluice).at("/details/path").asString()).isEqualTo(this.directory.toString());
			assertThat(health(sluice).at("/details/max-size").asLong()).isEqualTo(3_000_000_000L);
		}
	}

	@Test
	void itIsTheUsersCacheUnlessSaidOtherwise(CapturedOutput output) {
		atHome(Map.of("HOME", this.directory.toString())).close();
		assertThat(output.getOut()).contains("Store: " + this.directory.resolve(".cache/sluice") + ", ");
		assertThat(this.directory.resolve(".cache/sluice/blobs")).isDirectory();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "relative/cache" })
	void onlyAnAbsoluteCacheDirectoryCounts(String cache, CapturedOutput output) {
		atHome(Map.of("HOME", this.directory.toString(), "XDG_CACHE_HOME", cache)).close();
		assertThat(output.getOut()).contains("Store: " + this.directory.resolve(".cache/sluice") + ", ");
	}

	@Test
	void theUsersCacheMayBeElsewhere(CapturedOutput output) {
		Path cache = this.directory.resolve("cache");
		atHome(Map.of("HOME", this.directory.toString(), "XDG_CACHE_HOME", cache.toString())).close();
		assertThat(output.getOut()).contains("Store: " + cache.resolve("sluice") + ", ");
		assertThat(this.directory.resolve(".cache")).doesNotExist();
	}

	@Test
	void aSignForTheHomeDirectoryIsReplaced(CapturedOutput output) {
		atHome(Map.of("HOME", this.directory.toString()), "sluice.store.path=~/blobs").close();
		assertThat(output.getOut()).contains("Store: " + this.directory.resolve("blobs") + ", ");
	}

	@Test
	void aSecondOneAtTheUsersCacheServesWithoutAtOnce(CapturedOutput output) throws Exception {
		Map<String, String> variables = Map.of("HOME", this.directory.toString());
		try (RunningSluice _ = atHome(variables); RunningSluice second = atHome(variables)) {
			assertServesWithout(second, "the store " + this.directory.toRealPath().resolve(".cache/sluice")
					+ " is in use by another process: give each Sluice a directory of its own (sluice.store.path)");
			assertThat(output.getOut()).contains("Store: none, blobs stream through: the store ");
		}
	}

	@Test
	void aSecondOneAtAChosenDirectoryIsRefused(CapturedOutput output) {
		try (RunningSluice _ = on(this.directory)) {
			long begun = System.nanoTime();
			assertThatException().isThrownBy(() -> on(this.directory).close());
			assertThat(Duration.ofNanos(System.nanoTime() - begun)).isBetween(Duration.ofSeconds(10),
					Duration.ofSeconds(20));
			WrittenSettings.assertOneLine(output, "Sluice can't start: the store ");
			WrittenSettings.assertOneLine(output,
					" is in use by another process: give each Sluice a directory of its own (sluice.store.path)");
		}
	}

	@Test
	void aSecondOneWaitsForAFirstThatEnds() throws Exception {
		RunningSluice first = on(this.directory);
		CompletableFuture<RunningSluice> second = new CompletableFuture<>();
		Thread start = Thread.ofPlatform().start(() -> {
			try {
				second.complete(on(this.directory));
			}
			catch (RuntimeException ex) {
				second.completeExceptionally(ex);
			}
		});
		await().until(() -> isWaiting(start) || second.isDone());
		assertThat(second).isNotDone();
		first.close();
		try (RunningSluice sluice = second.get()) {
			assertThat(health(sluice).at("/status").asString()).isEqualTo("UP");
		}
	}

	private static boolean isWaiting(Thread thread) {
		return thread.getState() == Thread.State.TIMED_WAITING && Arrays.stream(thread.getStackTrace())
			.anyMatch((frame) -> frame.getClassName().endsWith(".StoreLock"));
	}

	@Test
	void servesWithoutWhereAFileIsInItsPlace(CapturedOutput output) throws Exception {
		Path file = Files.writeString(this.directory.resolve("store"), "somebody's");
		try (RunningSluice sluice = on(file)) {
			assertServesWithout(sluice, "the store " + file
					+ " can't be used: FileAlreadyExists: let this user write there, or set sluice.store.path");
			assertThat(output.getOut()).contains("Store: none, blobs stream through: the store " + file);
			assertThat(file).hasContent("somebody's");
		}
	}

	@Test
	void servesWithoutWhereItCannotBeMade() throws Exception {
		Path file = Files.writeString(this.directory.resolve("file"), "somebody's");
		try (RunningSluice sluice = on(file.resolve("below/store"))) {
			assertServesWithout(sluice, "the store " + file.resolve("below/store") + " can't be used: ");
		}
	}

	@Test
	void servesWithoutWhereAnotherVersionWasBefore() throws Exception {
		Files.writeString(this.directory.resolve("layout"), "sluice-store 99\n");
		try (RunningSluice sluice = on(this.directory)) {
			assertServesWithout(sluice, "was made by another version of Sluice: empty it, or give this one");
			assertThat(this.directory.resolve("blobs")).doesNotExist();
		}
	}

	@Test
	void isOffWhereSaidSo(CapturedOutput output) throws Exception {
		try (RunningSluice sluice = RunningSluice.start(SAYING, "sluice.store.enabled=false",
				"sluice.store.path=" + this.directory.resolve("store"))) {
			assertThat(health(sluice).at("/status").asString()).isEqualTo("UP");
			assertThat(health(sluice).at("/details/enabled").asBoolean(true)).isFalse();
			assertThat(output.getOut()).contains("Store: none, blobs stream through (sluice.store.enabled is false)");
			assertThat(this.directory.resolve("store")).doesNotExist();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "explain", "doctor" })
	void commandsLeaveItAlone(String command) {
		CommandRun run = CommandRun.of(command, "--sluice.registries=configured", "--" + ON,
				"--sluice.upstreams[0].name=registry.example.test",
				"--sluice.upstreams[0].endpoints=http://127.0.0.1:1", "--sluice.default-upstream=registry.example.test",
				"--sluice.store.path=" + this.directory.resolve("store"), "registry.example.test/acme/app:1");
		assertThat(run.output()).contains("registry.example.test");
		assertThat(this.directory.resolve("store")).doesNotExist();
	}

	private static RunningSluice on(Path path, String... properties) {
		String[] all = Arrays.copyOf(properties, properties.length + 3);
		System.arraycopy(new String[] { SAYING, ON, "sluice.store.path=" + path }, 0, all, properties.length, 3);
		return RunningSluice.start(all);
	}

	private RunningSluice atHome(Map<String, String> variables, String... properties) {
		String[] all = Arrays.copyOf(properties, properties.length + 2);
		System.arraycopy(new String[] { SAYING, ON }, 0, all, properties.length, 2);
		return RunningSluice.in(variables, all);
	}

	private static void assertServesWithout(RunningSluice sluice, String reason) throws Exception {
		assertThat(health(sluice).at("/status").asString()).isEqualTo("DEGRADED");
		assertThat(health(sluice).at("/details/reason").asString()).contains(reason);
		try (TestClient management = TestClient.of(sluice.managementUri("").toString())) {
			assertThat(management.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
		}
	}

	private static JsonNode health(RunningSluice sluice) throws Exception {
		try (TestClient management = TestClient.of(sluice.managementUri("").toString())) {
			return new JsonMapper().readTree(management.get("/actuator/health").body()).at("/components/store");
		}
	}

}
