package dev.sluice.start;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.springframework.boot.test.system.CapturedOutput;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Writes settings, and looks at what a start that fails says of them.
 */
final class WrittenSettings {

	private WrittenSettings() {
	}

	static Path file(Path directory, String text) throws Exception {
		return Files.writeString(directory.resolve("settings.yml"), text);
	}

	static void assertOneLine(CapturedOutput output, String line) {
		Stream<String> told = output.getAll().lines().filter((it) -> it.contains("Sluice can't start: "));
		assertThat(told).singleElement().asString().contains(line);
		assertThat(output).doesNotContain("s3cret", "Exception", "\tat ", "APPLICATION FAILED");
	}

}
