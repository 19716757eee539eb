package dev.sluice.start;

import java.nio.file.Path;

import dev.sluice.testing.RunningSluice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Names of Spring Boot's own settings that it doesn't know do nothing, and the start says
 * so.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class SpringNamesTests {

	@TempDir
	private Path directory;

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"logging.level=debug | logging.level: it has no value of its own: write a name beneath it, logging.level.root",
			"logging.file=x.log | logging.file: there is no such property; it is near to logging.file.name, logging.file.path",
			"logging.levels.root=debug | logging.levels.root: there is no such property; it is near to logging.level.root",
			"logging.lvel.dev.sluice=debug | it is near to logging.level.dev.sluice",
			"logging.patern.console=%m | it is near to logging.pattern.console",
			"logging.nonsense=1 | logging.nonsense: there is no such property",
			"spring.profile.active=prod | spring.profile.active: there is no such property; it is near to spring.profiles.active",
			"server.prot=5050 | server.prot: there is no such property; it is near to server.port",
			"spring.threads.virtaul.enabled=true | it is near to spring.threads.virtual.enabled" })
	void refusesANameThatThereIsNot(String property, String line, CapturedOutput output) throws Exception {
		assertThatException().isThrownBy(() -> RunningSluice.start(property.strip()).close());
		WrittenSettings.assertOneLine(output, line);
		Path file = WrittenSettings.file(this.directory,
				property.strip().replace("=", ": '") + "'\nsluice: {default-upstream: docker.io}\n");
		assertThatException().isThrownBy(() -> RunningSluice.start("sluice.config=" + file).close());
		assertThat(output.getAll().lines().filter((it) -> it.contains(line))).hasSize(2);
	}

	@Test
	void warnsOfWhatIsNotNearToAny(CapturedOutput output) {
		try (RunningSluice _ = RunningSluice.start("spring.datasource.url=x")) {
			assertThat(output).contains(
					"spring.datasource.url is no setting of Spring Boot's here: it counts for a placeholder alone");
		}
	}

	@Test
	void takesWhatThereIs(CapturedOutput output) {
		RunningSluice
			.start("spring.threads.virtual.enabled=true", "logging.level.root=info", "logging.group.mine=a.b",
					"logging.logback.rollingpolicy.max-history=3", "logging.pattern.dateformat=HH:mm",
					"spring.ssl.bundle.watch.file.quiet-period=1s", "spring.profiles.group.prod=a")
			.close();
		assertThat(output).doesNotContain("a placeholder alone");
	}

}
