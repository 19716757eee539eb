package dev.sluice.credential.dockerconfig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Level;
import dev.sluice.credential.Credential;
import dev.sluice.oci.RegistryName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What each look at a configuration file takes over, drops and logs.
 */
class ReloadingConfigTests {

	private final List<Set<Credential>> dropped = new CopyOnWriteArrayList<>();

	private final CapturedLog log = new CapturedLog();

	private @TempDir Path directory;

	private WrittenConfig file;

	@BeforeEach
	void nameTheFile() {
		this.file = new WrittenConfig(this.directory.resolve("config.json"));
	}

	@AfterEach
	void close() {
		this.log.close();
	}

	@Test
	void logsOncePerChangeAndNeverASecret() throws IOException {
		this.file.write("{\"credsStore\":\"pass\",\"auths\":{\"quay.io\":{},\"ghcr.io\":{\"auth\":\""
				+ WrittenConfig.base64("one") + "\"},}}");
		ReloadingConfig config = reloading();
		config.look();
		config.look();
		assertThat(this.log.lines(Level.INFO))
			.containsExactly("Docker config " + this.file.path() + ": registries named: 2 (ghcr.io, quay.io)");
		assertThat(this.log.lines(Level.WARN)).hasSize(2)
			.anyMatch((line) -> line.contains("has a trailing comma before line 1"))
			.anyMatch((line) -> line
				.contains("docker-credential-pass keeps the logins of quay.io, but isn't on the PATH"));
		this.file.write("{");
		config.look();
		config.look();
		assertThat(this.log.lines(Level.WARN)).hasSize(3);
		assertThat(this.log.all()).doesNotContain("secret-one", WrittenConfig.base64("one"));
	}

	@Test
	void logsNothingWhenTheSameContentIsWrittenAgain() throws IOException {
		this.file.write(WrittenConfig.config("one"));
		ReloadingConfig config = reloading();
		config.look();
		Path next = Files.writeString(this.directory.resolve("next"), WrittenConfig.config("one"));
		Files.move(next, this.file.path(), StandardCopyOption.REPLACE_EXISTING);
		config.look();
		assertThat(this.log.lines(Level.INFO)).hasSize(1);
	}

	@Test
	void keepsTheCredentialsOfAFileThatIsMissedOnlyOnce() throws IOException {
		this.file.write(WrittenConfig.config("one"));
		ReloadingConfig config = reloading();
		config.look();
		Files.delete(this.file.path());
		config.look();
		assertThat(config.current().config().credentials()).containsExactly(WrittenConfig.basic("one"));
		this.file.write(WrittenConfig.config("one"));
		config.look();
		Files.delete(this.file.path());
		config.look();
		assertThat(this.dropped).isEmpty();
		config.look();
		assertThat(this.dropped).containsExactly(Set.of(WrittenConfig.basic("one")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "\n", "\r\n\t \n" })
	void isFineWithAnEmptyFileAndTakesItForTheMomentBeforeItIsWritten(String empty) throws IOException {
		this.file.write(empty);
		ReloadingConfig config = reloading();
		config.look();
		config.look();
		assertThat(config.current().state(new LoginLookup(NoHelpers.HERE)).isSound()).isTrue();
		this.file.write(WrittenConfig.config("one"));
		config.look();
		this.file.write(empty);
		config.look();
		assertThat(config.current().config().credentials()).containsExactly(WrittenConfig.basic("one"));
		config.look();
		assertThat(this.dropped).containsExactly(Set.of(WrittenConfig.basic("one")));
		assertThat(config.current().state(new LoginLookup(NoHelpers.HERE)).isSound()).isTrue();
		assertThat(this.log.lines(Level.WARN)).isEmpty();
	}

	@Test
	void dropsNoCredentialThatOnlyMovedToAnotherKey() throws IOException {
		this.file.write(WrittenConfig.config("one"));
		ReloadingConfig config = reloading();
		config.look();
		this.file.write(WrittenConfig.config("one").replace("ghcr.io", "https://quay.io"));
		config.look();
		assertThat(config.current().config().registryNames()).containsExactly(RegistryName.parse("quay.io"));
		assertThat(this.dropped).isEmpty();
	}

	private ReloadingConfig reloading() {
		return new ReloadingConfig(new ConfigFile(this.file.path(), InstantSource.system()),
				new LoginLookup(NoHelpers.HERE), this.dropped::add);
	}

}
