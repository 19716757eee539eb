package dev.sluice.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * House rules that only the source text can answer.
 */
class SourceRulesTests {

	private static final int MAX_LINES = 400;

	private static final Path SOURCES = Path.of("src");

	@Test
	void noJavaFileIsLongerThan400Lines() throws IOException {
		assertThat(javaFiles()).isNotEmpty()
			.allSatisfy((file) -> assertThat(linesIn(file)).isLessThanOrEqualTo(MAX_LINES));
	}

	@Test
	void everyFileIsOneThatTheFormatterReads() throws IOException {
		Pattern skippedInSilence = Pattern.compile("^import module ", Pattern.MULTILINE);
		assertThat(javaFiles())
			.allSatisfy((file) -> assertThat(file).content().doesNotContainPattern(skippedInSilence));
	}

	private static List<Path> javaFiles() throws IOException {
		try (Stream<Path> files = Files.walk(SOURCES)) {
			return files.filter((file) -> file.toString().endsWith(".java")).toList();
		}
	}

	private static int linesIn(Path file) throws IOException {
		return Files.readAllLines(file).size();
	}

}
