package dev.sluice.settings.file;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import dev.sluice.settings.InvalidSettingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Settings that are larger, or take longer to read, than any memory or patience.
 */
@Timeout(60)
public class SettingsSizeTests {

	private static final Duration PATIENCE = Duration.ofMillis(300);

	@TempDir
	private Path directory;

	static Stream<String> bombs() {
		return Stream.of(laughs(8, 7), laughs(17, 3), merges(12), "sluice: &a\n  x: *a\n", "sluice: &a [1, [*a]]\n",
				"sluice: " + "[".repeat(100) + "]".repeat(100), "sluice: " + "{a: ".repeat(100_000),
				"- ".repeat(400_000), "sluice:\n" + "  - x\n".repeat(100_000),
				"sluice:\n  " + "k".repeat(200_000) + ":\n" + "    - x\n".repeat(40_000),
				"? &a [x, x]\n: &b {? [*a, *a] : x}\n? " + "[*a, ".repeat(60), "a: *missing\n" + "b: [".repeat(60));
	}

	/** Each level has the one before several times. */
	public static String laughs(int levels, int times) {
		StringBuilder text = new StringBuilder("sluice:\n  a0: &a0 [" + list("lol", times) + "]\n");
		for (int level = 1; level < levels; level++) {
			text.append("  a%d: &a%d [%s]\n".formatted(level, level, list("*a" + (level - 1), times)));
		}
		return text.toString();
	}

	private static String merges(int levels) {
		StringBuilder text = new StringBuilder("a0: &a0 {x: 1, y: 2, z: 3}\n");
		for (int level = 1; level < levels; level++) {
			String before = "*a" + (level - 1);
			text.append("a%d: &a%d {p: %s, q: %s, r: %s, <<: %s}\n".formatted(level, level, before, before, before,
					before));
		}
		return text.toString();
	}

	private static String list(String item, int times) {
		return String.join(", ", Collections.nCopies(times, item));
	}

	@ParameterizedTest
	@MethodSource("bombs")
	void yamlThatGrowsBeyondMeasureIsRefused(String text) {
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> read(text))
			.withMessageStartingWith("settings: ")
			.satisfies((failure) -> assertThat(failure.getMessage()).hasSizeLessThan(300));
	}

	@Test
	void aliasesAndMergesAsPeopleWriteThemAreRead() {
		assertThat(read("a: &a {x: 1, y: 2}\nb: {<<: *a, y: 3}\nc: [*a, *a]\n---\nd: &a 5\ne: *a\n"))
			.containsExactly(Map.of("a.x", "1", "a.y", "2", "b.x", "1", "b.y", "3", "c[0].x", "1", "c[0].y", "2",
					"c[1].x", "1", "c[1].y", "2"), Map.of("d", "5", "e", "5"));
	}

	@Test
	void aThousandUpstreamsAreNotTooMany() {
		String upstream = "    - name: r%s.example\n      endpoints: [https://r.example:5000]\n      aliases: [a%s]\n"
				+ "      tls: { certificate-authority: /etc/sluice/certs/r.pem }\n";
		StringBuilder text = new StringBuilder("sluice:\n  upstreams:\n");
		for (int i = 0; i < 2000; i++) {
			text.append(upstream.replace("%s", "" + i));
		}
		assertThat(read(text.toString()).getFirst()).hasSize(8000);
	}

	@Test
	void aPipeThatNobodyWritesToIsGivenUp() throws Exception {
		Path pipe = pipe();
		assertRefused(pipe, "settings file " + pipe + ": it is no plain file but a pipe or a device");
	}

	@Test
	void aPipeIsReadToItsEnd() throws Exception {
		Path pipe = pipe();
		CompletableFuture<Void> written = CompletableFuture.runAsync(() -> write(pipe));
		assertThat(new SettingsFile(pipe, Duration.ofSeconds(30)).bytes()).asString().isEqualTo("sluice:\n");
		written.join();
	}

	@Test
	void aDeviceIsReadAsFarAsSettingsGo() {
		assertRefused(Path.of("/dev/zero"), "it is larger than 1 MiB");
		assertThat(new SettingsFile(Path.of("/dev/null"), PATIENCE).bytes()).isEmpty();
	}

	@Test
	void aHugeFileIsNotReadWhole() throws Exception {
		Path huge = this.directory.resolve("huge.yml");
		try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
			file.setLength(1L << 40);
		}
		assertRefused(huge, "it is larger than 1 MiB");
	}

	@Test
	void aMountedConfigMapsFileIsRead() throws Exception {
		Path generation = Files.createDirectory(this.directory.resolve("..2026"));
		Files.writeString(generation.resolve("sluice.yml"), "sluice:\n");
		Files.createSymbolicLink(this.directory.resolve("..data"), generation.getFileName());
		Path file = Files.createSymbolicLink(this.directory.resolve("sluice.yml"), Path.of("..data/sluice.yml"));
		assertThat(new SettingsFile(file, PATIENCE).bytes()).asString().isEqualTo("sluice:\n");
	}

	private static List<Map<String, Object>> read(String text) {
		return SettingsYaml.read("settings", text.getBytes(StandardCharsets.UTF_8));
	}

	private Path pipe() throws Exception {
		Path pipe = this.directory.resolve("pipe.yml");
		assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
		return pipe;
	}

	private static void write(Path pipe) {
		try {
			Files.writeString(pipe, "sluice:\n");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void assertRefused(Path path, String message) {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> new SettingsFile(path, PATIENCE).bytes())
			.withMessageContaining(message);
	}

}
