package dev.sluice.start;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.sluice.testing.RawAnswer;
import dev.sluice.testing.RunningSluice;
import dev.sluice.testing.SluiceProcess;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Whoever tells Spring Boot which files to read chooses the user's settings, and drops
 * none of Sluice's own.
 */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class FileChoiceTests {

	private static final String REPORT = "logging.level.dev.sluice.wiring.StartReport=info";

	@TempDir
	private Path directory;

	@BeforeEach
	void write() throws IOException {
		write("mine.yml", "sluice:\n  default-upstream: ghcr.io\n");
		write("mine.properties", "sluice.default-upstream=ghcr.io\n#---\nsluice.host-names=sluice.corp\n");
		write("unknown.yml", "foo: bar\n");
		write("bad.properties", "sluice.default-upstream=ghcr.io\nsluice.registries=\\u12s3cret\n");
		write("bean.xml", "<beans/>\n");
		write("inner.yml", "sluice: {}\nspring: {config: {additionalLocation: mine.yml}}\n");
		Files.createDirectory(this.directory.resolve("empty"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "spring.config.location=file:%s/mine.yml", "SPRING_CONFIG_LOCATION=%s/mine.properties",
			"spring.config.location=optional:file:%s/none.yml",
			"SPRING_APPLICATION_JSON={\"spring\":{\"config\":{\"location\":\"file:%s/mine.yml\"}}}" })
	void keepsItsOwnDefaultsWhereverFilesAreRead(String given) throws Exception {
		try (RunningSluice sluice = start(given)) {
			Environment environment = sluice.bean(Environment.class);
			assertThat(List.of("server.address", "management.server.address")).map(environment::getProperty)
				.containsOnly("127.0.0.1");
			assertThat(environment.getProperty("spring.main.banner-mode")).isEqualTo("off");
			assertThat(status(sluice.uri(""), "/actuator/health")).contains("404");
			assertThat(status(sluice.managementUri(""), "/actuator/health")).contains("200");
			assertThat(status(sluice.uri(""), "/v2/?" + "a".repeat(15_500))).contains("200");
			assertThat(status(sluice.uri(""), "/v2/?" + "a".repeat(17_000))).contains("414");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "spring.config.location=file:%s/mine.yml", "spring.config.location=%s/mine.properties" })
	void saysWhichFileWasReadInPlaceOfItsOwn(String given, CapturedOutput output) {
		start(given).close();
		assertThat(output).contains("Settings: " + this.directory + "/mine.")
			.contains("without a registry is pulled from ghcr.io;");
	}

	@Test
	void saysThatNoneWasFound(CapturedOutput output) {
		start("spring.config.location=optional:file:%s/none.yml").close();
		assertThat(output).contains("Settings: no file; none is where spring.config.location looks for one")
			.doesNotContain("neither sluice.yml");
	}

	@ParameterizedTest
	@ValueSource(strings = { "spring.config.location", "spring.config.additional-location" })
	void startsAndSaysThatNothingIsReadFromADirectoryWithoutAFile(String property, CapturedOutput output) {
		start(property + "=%s/empty/").close();
		assertThat(output.getAll().lines().filter((line) -> line.contains(" WARN "))).singleElement()
			.asString()
			.contains(property + " = '" + this.directory + "/empty/': nothing is read from it, for application.yml,");
	}

	@ParameterizedTest
	@ValueSource(strings = { "spring.config.location=optional:%s/empty/", "spring.config.location=optional:%s/none/",
			"spring.config.location=optional:file:%s/none/", "spring.config.additional-location=optional:%s/none/" })
	void saysNothingOfADirectoryThatNeedNotHaveAFile(String given, CapturedOutput output) {
		start(given).close();
		assertThat(output).doesNotContain(" WARN ", "nothing is read from it");
	}

	@Test
	void readsTheFileOfAnotherNameAndShowsNoBanner() {
		SluiceProcess started = SluiceProcess.start(this.directory, Map.of("SPRING_CONFIG_NAME", "inner,mine"),
				"--server.port=0", "--management.server.port=0");
		assertThat(started.output()).contains("inner.yml: spring.config.additional-location says which file is read")
			.doesNotContain(":: Spring Boot ::", " WARN ");
	}

	@Test
	void aStartThatIsRefusedTellsOneLineWhateverFilesAreRead() {
		SluiceProcess ended = SluiceProcess.start(this.directory, Map.of("SPRING_CONFIG_NAME", "mine"),
				"--server.port=0", "--management.server.port=0", "--sluice.default-upstream=corp.test");
		assertThat(ended.lines().stream().filter((line) -> !line.contains(" INFO "))).singleElement()
			.asString()
			.contains("sluice.default-upstream = 'corp.test' won't do");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"spring.config.location= | spring.config.location is set to nothing, so that no file would be read",
			"SPRING_CONFIG_LOCATION= | spring.config.location is set to nothing, so that no file would be read",
			"SPRING_CONFIG_NAME= | spring.config.name is set to nothing, so that no file would be read",
			"spring.config.name=conf/mine | spring.config.name = 'conf/mine' won't do: expected a file's name without a directory",
			"spring.config.name=mine.yml | spring.config.name = 'mine.yml' won't do: expected a file's name without its ending: mine",
			"spring.config.name=none | spring.config.name = 'none' won't do: there is no such file ending in .yml,",
			"spring.config.location=file:%s/none.yml | via location 'file:%s/none.yml' does not exist",
			"spring.config.location=%s/none/ | Config data location '%s/none/' does not exist",
			"spring.config.additional-location=%s/none/ | Config data location '%s/none/' does not exist",
			"spring.config.location=%s/empty | Sluice can't start: '%s/empty' (spring.config.location, additional-location or import) won't do: expected a file that ends in .yml",
			"spring.config.location=%s/unknown.yml | settings file %s/unknown.yml: it has no 'sluice:', beneath which",
			"spring.config.location=%s/bad.properties | settings file %s/bad.properties: line 2: a \\u without its four digits",
			"spring.config.additional-location=%s/bean.xml | settings file %s/bean.xml: settings are read from .yml, .yaml and .properties alone",
			"sluice.config=%s/inner.yml | settings file %s/inner.yml: spring.config.additional-location says which file is read, so that it can't stand in one: set the variable SPRING_CONFIG_ADDITIONAL_LOCATION" })
	void refusesAChoiceThatLeadsNowhere(String given, String line, CapturedOutput output) {
		assertRefused(output, line, given);
	}

	@Test
	void refusesToBeToldOfItsFileInTwoWays(CapturedOutput output) {
		assertRefused(output, "mine.yml' won't do: spring.config.location or spring.config.name says what is read in",
				"SLUICE_CONFIG=%s/mine.yml", "spring.config.location=%s/mine.properties");
	}

	private void assertRefused(CapturedOutput output, String line, String... given) {
		assertThatException().isThrownBy(() -> start(given).close());
		Stream<String> lines = output.getAll().lines().filter((shown) -> shown.contains("Sluice can't start: "));
		assertThat(lines).singleElement().asString().contains(line.replace("%s", this.directory.toString()).strip());
		assertThat(output).doesNotContain("Exception", "\tat ", "s3cret");
	}

	/** Names in upper case are variables. */
	private RunningSluice start(String... given) {
		Map<String, String> variables = new HashMap<>();
		List<String> settings = new ArrayList<>(List.of(REPORT));
		for (String text : given) {
			String setting = text.replace("%s", this.directory.toString());
			int end = setting.indexOf('=');
			if (Character.isUpperCase(setting.charAt(0))) {
				variables.put(setting.substring(0, end), setting.substring(end + 1));
			}
			else {
				settings.add(setting);
			}
		}
		return RunningSluice.in(variables, settings.toArray(String[]::new));
	}

	private static String status(URI server, String target) throws IOException {
		try (Socket client = new Socket("127.0.0.1", server.getPort())) {
			client.setSoTimeout(30_000);
			client.getOutputStream()
				.write(("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
					.getBytes(StandardCharsets.US_ASCII));
			return RawAnswer.read(client).head().lines().findFirst().orElse("");
		}
	}

	private void write(String name, String text) throws IOException {
		Files.writeString(this.directory.resolve(name), text);
	}

}
