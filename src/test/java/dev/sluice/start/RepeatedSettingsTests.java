package dev.sluice.start;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import dev.sluice.testing.RunningSluice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThatException;

/**
 * A setting that stands twice in one place stops the start, whatever the place: one of
 * the two would count for nothing.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class RepeatedSettingsTests {

	@TempDir
	private Path directory;

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', value = {
			"sluice.default-upstream=s3cret~sluice.default-upstream=none | 'sluice.default-upstream' stands there a second time",
			"sluice.default-upstream=s3cret~sluice.default\\u002dupstream : none | 'sluice.default-upstream' stands there a second time",
			"sluice.host-names=a.test~#---~server.port=0~server.port=0 | 'server.port' stands there a second time",
			"s3cret=1~s3cret=1 | a key stands there a second time" })
	void refusesItInAFileOfProperties(String text, String line, CapturedOutput output) throws Exception {
		Path file = Files.writeString(this.directory.resolve("s.properties"), text.replace("~", "\n") + "\n");
		assertThatException().isThrownBy(() -> RunningSluice.start("sluice.config=" + file).close());
		WrittenSettings.assertOneLine(output, "settings file " + file + ": " + line);
	}

	@Test
	void takesItInSeveralDocumentsAndLists() throws Exception {
		Path file = Files.writeString(this.directory.resolve("s.properties"),
				"sluice.registries=configured\nsluice.host-names[]=a.test\nsluice.host-names[]=b.test\n#---\n"
						+ "sluice.registries=well-known\n");
		RunningSluice.start("sluice.config=" + file).close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"sluice\":{\"default-upstream\":\"s3cret\",\"default-upstream\":\"none\"}}",
			"{\"sluice\":{},\n\"sluice\":{\"default-upstream\":\"s3cret\"}}",
			"{\"sluice\":{\"registries\":\"s3cret\"},\n\"sluice.registries\":\"configured\"}" })
	void refusesItInJson(String json, CapturedOutput output) {
		assertThatException().isThrownBy(() -> RunningSluice.in(Map.of("SPRING_APPLICATION_JSON", json)).close());
		WrittenSettings.assertOneLine(output, "SPRING_APPLICATION_JSON: ");
		WrittenSettings.assertOneLine(output, " a second time");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', value = {
			"management: {server: {port: 0, Port: 0}} | management.server.port and management.server.Port are one setting, written twice in",
			"management.endpoint.health: {show-details: always, showDetails: never} | show-details and management.endpoint.health.showDetails are one setting",
			"sluice: {default-upstream: none}~sluice.default-upstream: docker.io | 'sluice.default-upstream' stands there a second time" })
	void refusesItBelowManagementAndInParts(String text, String line, CapturedOutput output) throws Exception {
		Path file = WrittenSettings.file(this.directory,
				"sluice.host-names: [a.test]\n" + text.replace("~", "\n") + "\n");
		assertThatException().isThrownBy(() -> RunningSluice.start("sluice.config=" + file).close());
		WrittenSettings.assertOneLine(output, line);
	}

}
