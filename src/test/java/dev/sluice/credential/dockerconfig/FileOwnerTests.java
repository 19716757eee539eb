package dev.sluice.credential.dockerconfig;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

@EnabledOnOs(OS.LINUX)
class FileOwnerTests {

	private @TempDir Path directory;

	@Test
	void saysWhoseTheFileIsAndWhoReadsIt() throws Exception {
		Path file = Files.writeString(this.directory.resolve("config.json"), "{}");
		Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
		int us = (int) Files.getAttribute(file, "unix:uid");
		assertThat(FileOwner.denying(file)).hasToString(
				"Optional[" + file + " is rw------- and belongs to uid " + us + ", Sluice runs as uid " + us + "]");
	}

	@Test
	void saysWhoseTheDirectoryIsWhereTheFileCantBeSeen() {
		assertThat(FileOwner.denying(this.directory.resolve("unseen"))).get()
			.extracting(FileOwner::path)
			.isEqualTo(this.directory);
	}

}
