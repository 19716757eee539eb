package dev.sluice.command;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A command line that isn't one is answered with what to write.
 */
@ExtendWith(OutputCaptureExtension.class)
class CommandLineTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"--sluice.access.open | --sluice.access.open has no value: write --sluice.access.open=true, or whatever it is to be",
			"--sluice.default-upstream s3cret | A setting and its value are one word: write --sluice.default-upstream=<value>",
			"serve --sluice.default-upstream s3cret | A setting and its value are one word: write --sluice.default-upstream=<value>",
			"doctor --sluice.access.open | --sluice.access.open has no value: write --sluice.access.open=true,",
			"sluice.default-upstream=s3cret | sluice.default-upstream needs two dashes before it: write --sluice.default-upstream=<value>",
			"-server.port=1 | server.port needs two dashes before it: write --server.port=<value>",
			"-Dsluice.x=s3cret | -Dsluice.x stands behind the program, where it does nothing: write --sluice.x=<value>",
			"--port=1 | --port is no option: write --server.port=<value>",
			"-p 1 | -p is no option: write --server.port=<value>",
			"--config=x | The file with the settings is named by --sluice.config=<file> or the variable SLUICE_CONFIG=<file>",
			"/path/sluice.yml | The file with the settings is named by --sluice.config=/path/sluice.yml or the variable SLUICE_CONFIG=/path/sluice.yml",
			"--upstream=s3cret | --upstream is no option: a setting is written with its whole name, such as --server.port=5050" })
	void saysWhatToWrite(String words, String line, CapturedOutput output) {
		CommandRun run = CommandRun.of(words.strip().split(" ", -1));
		assertThat(run.status()).isEqualTo(2);
		assertThat(output.getErr().lines()).singleElement().asString().startsWith(line);
		assertThat(output).doesNotContain("s3cret");
	}

	@Test
	void showsTheUsageWhereItIsAboutNoSetting(CapturedOutput output) {
		assertThat(CommandRun.of("doctr").status()).isEqualTo(2);
		assertThat(output.getErr()).contains("Did you mean: sluice doctor?");
		assertThat(CommandRun.of("--nonsense").status()).isEqualTo(2);
		assertThat(output.getErr()).contains("Unknown option: '--nonsense'", "Usage: sluice");
	}

}
