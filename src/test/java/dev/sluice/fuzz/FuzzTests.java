package dev.sluice.fuzz;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Throws some thousand inputs at each parser of foreign text, with Jazzer in a process of
 * its own. A target is a class {@code XxxFuzz} beside the parser: it holds each input to
 * {@link dev.sluice.testing.LinearTime} and lets unexpected exceptions out. Its seeds are
 * the files in {@code src/test/resources/fuzz/XxxFuzz}. {@code e2e/fuzz} runs the same
 * targets with as many inputs as one likes.
 */
class FuzzTests {

	private static final String INPUTS = System.getProperty("fuzz.inputs", "3000");

	/** What no parser needs, and is large. */
	private static final Pattern UNUSED = Pattern
		.compile("tcnative|native-quic|/software/amazon/|/io/fabric8/|/io/vertx/"
				+ "|/com/google/(?:auth|http-client)/|/org/springframework/boot/|/docker-java/|/testcontainers/|/tngtech/");

	private static final Path CLASSES = Path.of("target/test-classes");

	/** Most of a run is Jazzer's own start, which two can share the time of. */
	private static final ExecutorService TWO_AT_A_TIME = Executors.newFixedThreadPool(2);

	private static final Map<String, Future<Boolean>> RUNS = new HashMap<>();

	@BeforeAll
	static void startAll() throws IOException {
		targets().forEach((target) -> RUNS.put(target, TWO_AT_A_TIME.submit(() -> passes(target))));
	}

	@AfterAll
	static void stopAll() {
		TWO_AT_A_TIME.shutdownNow();
	}

	@ParameterizedTest
	@MethodSource("targets")
	void parserTakesWhateverItIsGiven(String target) throws Exception {
		boolean passed = RUNS.get(target).get();
		assertThat(passed).as("%s: %s", target, end(log(target))).isTrue();
	}

	private static boolean passes(String target) throws IOException, InterruptedException {
		Path log = log(target);
		Files.createDirectories(log.resolveSibling("corpus"));
		Process jazzer = new ProcessBuilder(command(target)).directory(log.getParent().toFile())
			.redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.start();
		try {
			return jazzer.waitFor(10, TimeUnit.MINUTES) && jazzer.exitValue() == 0;
		}
		finally {
			jazzer.destroyForcibly();
		}
	}

	private static Path log(String target) {
		return Path.of("target/fuzz", name(target), "log");
	}

	private static String name(String target) {
		return target.substring(target.lastIndexOf('.') + 1);
	}

	/**
	 * With the same inputs each time: a build isn't a lottery. New ones are tried by
	 * {@code e2e/fuzz}, and what it finds becomes a seed here. So short a run isn't worth
	 * the second compiler.
	 */
	private static List<String> command(String target) {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m",
						"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+EnableDynamicAgentLoading", "-cp",
						classPath(), "com.code_intelligence.jazzer.Jazzer", "--target_class=" + target,
						"--instrumentation_includes=dev.sluice.**",
						"--disabled_hooks=com.code_intelligence.jazzer.sanitizers.RegexInjection", "-runs=" + INPUTS,
						"-seed=1", "-max_len=8192", "-timeout=60", "-rss_limit_mb=0"));
		command.add("corpus");
		Path seeds = CLASSES.resolve("fuzz").resolve(name(target)).toAbsolutePath();
		if (Files.isDirectory(seeds)) {
			command.add(seeds.toString());
		}
		return command;
	}

	/** Jazzer searches all of it more than once. */
	private static String classPath() {
		return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter(UNUSED.asPredicate().negate())
			.collect(Collectors.joining(File.pathSeparator));
	}

	private static Stream<String> targets() throws IOException {
		try (Stream<Path> files = Files.walk(CLASSES)) {
			return files.map((file) -> CLASSES.relativize(file).toString())
				.filter((file) -> file.endsWith("Fuzz.class"))
				.map((file) -> file.substring(0, file.length() - ".class".length()).replace('/', '.'))
				.sorted()
				.toList()
				.stream();
		}
	}

	private static String end(Path log) throws IOException {
		List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
		return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
	}

}
