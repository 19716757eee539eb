package dev.sluice.start;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.sluice.testing.SluiceProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Files that lie where the settings are looked for: none counts before the file that
 * Sluice is told of, and none is passed over in silence.
 */
@Timeout(120)
class FilesInSightTests {

	private static final String GHCR = "sluice: {default-upstream: ghcr.io}\n";

	private static final String QUAY = "sluice: {default-upstream: quay.io}\n";

	@TempDir
	private Path directory;

	@ParameterizedTest
	@ValueSource(strings = { "application.yml", "config/application.yml", "config/more/application.yaml",
			"application.properties" })
	void refusesAFileThatSpringBootWouldReadBeforeItsOwn(String other) throws Exception {
		write("sluice.yml", GHCR);
		Path file = write(other, other.endsWith(".properties") ? "server.port=0\n" : "server: {port: 0}\n");
		assertRefused(start(Map.of()), "settings file " + file + ": it would count before " + this.directory
				+ "/sluice.yml: put its settings there, or name it by SPRING_CONFIG_ADDITIONAL_LOCATION");
	}

	@Test
	void refusesItBesideAFileThatIsNamed() throws Exception {
		Path named = write("named/mine.yml", GHCR);
		Path other = write("application-prod.yml", QUAY);
		assertRefused(start(Map.of("SLUICE_CONFIG", "" + named, "SPRING_PROFILES_ACTIVE", "prod")),
				"settings file " + other + ": it would count before " + named);
	}

	@Test
	void readsWhatIsNamedBesides() throws Exception {
		write("sluice.yml", GHCR);
		Path other = write("application.yml", QUAY);
		assertServes(start(Map.of("SPRING_CONFIG_ADDITIONAL_LOCATION", "optional:file:" + other)), "quay.io");
	}

	@Test
	void readsASpringBootsFileAloneAndLeavesAnothersProgramAlone() throws Exception {
		Path file = write("application.yml", QUAY);
		SluiceProcess alone = start(Map.of());
		assertServes(alone, "quay.io");
		assertThat(alone.output()).contains("Settings: " + file);
		Files.writeString(file, "shop: {currency: EUR}\n");
		write("sluice.yml", GHCR);
		assertServes(start(Map.of()), "ghcr.io");
	}

	@Test
	void warnsOnceOfAllThatIsNotRead() throws Exception {
		Path read = write("sluice.yml", GHCR);
		Path properties = write("sluice.properties", "sluice.default-upstream=quay.io\n");
		Path inside = write("config/sluice.yml", QUAY);
		Path profile = write("sluice-prod.yml", QUAY);
		write("sluice-test.yml", QUAY);
		SluiceProcess started = start(Map.of("SPRING_PROFILES_ACTIVE", "prod"));
		assertServes(started, "ghcr.io");
		assertThat(warnings(started)).singleElement()
			.asString()
			.endsWith("Not read: " + properties + ", " + inside + ", " + profile + "; read is " + read
					+ " (SPRING_CONFIG_ADDITIONAL_LOCATION names further files)");
	}

	@Test
	void saysWhatWouldBeRead() throws Exception {
		Path profile = write("sluice-prod.yaml", QUAY);
		SluiceProcess started = start(Map.of("SPRING_PROFILES_ACTIVE", "prod"));
		assertServes(started, "docker.io");
		assertThat(warnings(started)).singleElement()
			.asString()
			.contains("Not read: " + profile + "; read would be sluice.yml or sluice.yaml in " + this.directory);
	}

	@Test
	void saysNothingOfWhatIsReadOrPutAside() throws Exception {
		Path named = write("sluice.properties", "sluice.default-upstream=ghcr.io\n");
		write("config/sluice.yml", QUAY);
		write("sluice.yml", QUAY);
		SluiceProcess started = start(Map.of("SLUICE_CONFIG", "" + named));
		assertServes(started, "ghcr.io");
		assertThat(warnings(started)).isEmpty();
		SluiceProcess imported = start(
				Map.of("SPRING_CONFIG_ADDITIONAL_LOCATION", "./sluice.properties,./config/sluice.yml"));
		assertThat(warnings(imported)).noneMatch((line) -> line.contains("Not read"));
	}

	private SluiceProcess start(Map<String, String> variables) {
		Map<String, String> all = new HashMap<>(Map.of("MANAGEMENT_SERVER_PORT", "0"));
		all.putAll(variables);
		return SluiceProcess.start(this.directory, all, "--server.port=0");
	}

	private Path write(String name, String text) throws Exception {
		Path file = this.directory.resolve(name);
		Files.createDirectories(file.resolveSibling(""));
		return Files.writeString(file, text);
	}

	private static List<String> warnings(SluiceProcess started) {
		return started.lines().stream().filter((line) -> line.contains(" WARN ")).toList();
	}

	private static void assertServes(SluiceProcess started, String registry) {
		assertThat(started.served()).as(started.output()).isTrue();
		assertThat(started.output()).contains("is pulled from " + registry + ";");
	}

	private static void assertRefused(SluiceProcess ended, String line) {
		List<String> errors = ended.lines().stream().filter((it) -> !it.contains(" INFO ")).toList();
		assertThat(errors).singleElement().asString().contains("Sluice can't start: ", line);
		assertThat(ended.output()).doesNotContain("Exception", "\tat ");
	}

}
