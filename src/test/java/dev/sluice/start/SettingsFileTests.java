package dev.sluice.start;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.sluice.settings.file.SettingsSizeTests;
import dev.sluice.testing.SluiceProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which file the settings come from, and what a user sees when there is something wrong
 * with it: the real program in a process of its own.
 */
@Timeout(120)
class SettingsFileTests {

	@TempDir
	private Path directory;

	@Test
	void readsTheFileInTheWorkingDirectoryWhicheverOfItsNamesItHas() throws Exception {
		Path file = write("sluice.yaml", "sluice:\n  default-upstream: ghcr.io\n");
		SluiceProcess started = start(Map.of());
		assertThat(started.served()).as(started.output()).isTrue();
		assertThat(started.output()).contains("Settings: " + file, "is pulled from ghcr.io;");
	}

	@Test
	void saysWhereItLookedForAFileWhenThereIsNone() {
		SluiceProcess started = start(Map.of());
		assertThat(started.served()).as(started.output()).isTrue();
		assertThat(started.output())
			.contains("Settings: no file; there is neither sluice.yml nor sluice.yaml in " + real());
	}

	@Test
	void refusesBothNamesAtOnce() throws Exception {
		write("sluice.yml", "sluice:\n");
		write("sluice.yaml", "sluice:\n");
		assertRefused(start(Map.of()),
				real() + "/sluice.yml and " + real() + "/sluice.yaml are both there: only one of them may be");
	}

	@Test
	void refusesAFileThatIsNamedAndNotThere() throws Exception {
		assertRefused(start(Map.of("SLUICE_CONFIG", "/no/such.yml")),
				"settings file /no/such.yml: there is no such file");
		Path other = write("other.yaml", "sluice:\n");
		assertRefused(start(Map.of("SLUICE_CONFIG", this.directory + "/other.yml")),
				"there is no such file; there is " + other.getFileName());
	}

	@Test
	void refusesADirectoryInPlaceOfTheFile() throws Exception {
		Files.createDirectory(this.directory.resolve("sluice.yml"));
		assertRefused(start(Map.of()), "settings file " + real() + "/sluice.yml: it is a directory; name the file");
	}

	@Test
	void refusesLinksThatLeadNowhere() throws Exception {
		Path link = this.directory.resolve("sluice.yml");
		Files.createSymbolicLink(link, Path.of("gone"));
		assertRefused(start(Map.of()), "settings file " + real() + "/sluice.yml: it is a link that leads nowhere");
		Files.delete(link);
		Files.createSymbolicLink(link, link);
		assertRefused(start(Map.of()), "settings file " + real() + "/sluice.yml: it can't be read");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"logging.file.name=/proc/no/x.log | logging.file.name = '/proc/no/x.log' won't do: expected a file that can be written",
			"logging.file.path=/dev/null | logging.file.path = '/dev/null' won't do: expected a directory that can be",
			"logging.config=/no/such.xml | logging.config = '/no/such.xml' won't do: expected a file that can be read",
			"logging.level.dev.sluice=verbos | logging.level.dev.sluice = 'verbos' won't do: expected trace or debug" })
	void refusesALogThatCannotBeWritten(String property, String line) {
		assertRefused(start(Map.of(), "--" + property), line);
	}

	@Test
	void aYamlErrorNamesFileLineAndColumnAndNothingOfWhatStandsThere() throws Exception {
		Path file = write("settings", "sluice:\n  upstreams:\n  - name: a.test\n    password: s3cret: x\n");
		assertRefused(start(Map.of("SLUICE_CONFIG", file.toString())), "settings file " + file
				+ ": line 4, column 21: a colon where none may be; look at the indentation, or put quotes");
	}

	@Test
	void aFewLinesOfYamlThatWouldFillTheMemoryAreRefused() throws Exception {
		Path file = write("bomb.yml", SettingsSizeTests.laughs(8, 7));
		assertRefused(start(Map.of("SLUICE_CONFIG", file.toString())), "settings file " + file
				+ ": it isn't YAML that can be read: too long, too deep or with too many aliases");
	}

	@Test
	void aPortThatIsGivenTwiceIsShownAsItWasGiven() {
		assertRefused(start(Map.of(), "--server.port=0", "--server.port=99999"),
				"server.port is given several times, as 0 and as 99999: give it once");
	}

	@Test
	void aYamlErrorInAFileThatSpringBootWasToldOfShowsNothingEither() throws Exception {
		Path file = write("more.yml", "sluice:\n\tpassword: s3cret\n");
		assertRefused(start(Map.of(), "--spring.config.additional-location=file:" + file),
				"settings file " + file + ": line 2, column 1: a tab; YAML is indented by blanks");
	}

	@Test
	void aFileThatSpringBootIsToldOfOnceMoreIsReadAllTheSame() throws Exception {
		Path file = write("sluice.yml", "sluice:\n  upstreams: [{name: a.test, endpoints: ['http://a.test']}]\n");
		SluiceProcess started = start(Map.of(), "--spring.config.additional-location=file:" + file);
		assertThat(started.served()).as(started.output()).isTrue();
	}

	@Test
	void saysWhatAPortOfTheEnvironmentMustBe() {
		SluiceProcess process = SluiceProcess.start(this.directory, Map.of("SERVER_PORT", "abc"), "--server.port=0",
				"--management.server.port=0");
		assertThat(process.served()).isFalse();
		assertThat(process.output()).contains("server.port = 'abc' won't do: expected a whole number");
	}

	@Test
	void namesThePropertyOfAPortThatIsInUse() throws Exception {
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			assertRefused(start(Map.of("MANAGEMENT_SERVER_PORT", "" + taken.getLocalPort())), "port "
					+ taken.getLocalPort()
					+ " is in use already: stop what listens there, or set management.server.port (MANAGEMENT_SERVER_PORT)");
		}
	}

	@Test
	void doctorTellsTheSameInOneLineOnTheStandardErrorAndEndsWithStatus1() {
		SluiceProcess ended = start(Map.of("SLUICE_CONFIG", "/no/such.yml"), "doctor");
		assertThat(ended.status()).isEqualTo(1);
		assertThat(ended.lines()).singleElement()
			.asString()
			.contains("settings file /no/such.yml: there is no such file");
	}

	private SluiceProcess start(Map<String, String> variables, String... arguments) {
		Map<String, String> all = new HashMap<>(Map.of("SERVER_PORT", "0", "MANAGEMENT_SERVER_PORT", "0"));
		all.putAll(variables);
		return SluiceProcess.start(this.directory, all, arguments);
	}

	private Path write(String name, String text) throws Exception {
		return Files.writeString(Path.of(real()).resolve(name), text);
	}

	private String real() {
		return this.directory.toAbsolutePath().toString();
	}

	private static void assertRefused(SluiceProcess ended, String line) {
		List<String> errors = ended.lines().stream().filter((it) -> !it.contains(" INFO ")).toList();
		assertThat(errors).singleElement().asString().contains("Sluice can't start: ", line);
		assertThat(ended.output()).doesNotContain("s3cret", "Exception", "\tat ");
		assertThat(ended.status()).isEqualTo(1);
	}

}
