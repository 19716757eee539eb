package dev.sluice.credential.dockerconfig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Level;
import dev.sluice.credential.Credential;
import dev.sluice.credential.Login;
import dev.sluice.credential.SourceState;
import dev.sluice.oci.RegistryName;
import dev.sluice.testing.Logins;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.sluice.credential.dockerconfig.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a configuration file gives, and that a change of it counts within seconds however
 * it is made.
 */
class DockerConfigSourceTests {

	private static final RegistryName GHCR = RegistryName.parse("ghcr.io");

	private final List<Set<Credential>> dropped = new CopyOnWriteArrayList<>();

	private final CapturedLog log = new CapturedLog();

	private @TempDir Path directory;

	private WrittenConfig file;

	private @Nullable DockerConfigSource source;

	@BeforeEach
	void nameTheFile() {
		this.file = new WrittenConfig(this.directory.resolve("config.json"));
	}

	@AfterEach
	void close() {
		if (this.source != null) {
			this.source.close();
		}
		this.log.close();
	}

	@Test
	void givesTheLoginWithItsHeadersAndWhereItCameFrom() throws IOException {
		this.file.write("{\"HttpHeaders\":{\"X-Key\":\"made-up\"},\"auths\":{\"https://ghcr.io\":{\"auth\":\""
				+ WrittenConfig.base64("one") + "\"}}}");
		Login login = Logins.first(open(this.file.path()), GHCR, null).block();
		assertThat(login).isEqualTo(new Login(WrittenConfig.basic("one"), Map.of("X-Key", "made-up"),
				"docker config " + this.file.path() + " (https://ghcr.io)", Login.LOG_IN));
		assertThat(String.valueOf(login)).doesNotContain("made-up", "secret-one");
	}

	@Test
	void hasNothingForARegistryItDoesNotName() throws IOException {
		this.file.write(WrittenConfig.config("one"));
		assertThat(Logins.first(open(this.file.path()), RegistryName.parse("quay.io"), null).blockOptional()).isEmpty();
	}

	@Test
	void isFineWithoutAFile() {
		DockerConfigSource opened = open(this.file.path());
		assertThat(opened.state()).isEqualTo(new SourceState("docker config " + this.file.path(), 0, List.of()));
		assertThat(opened.registryNames()).isEmpty();
		assertThat(this.log.lines(Level.WARN)).isEmpty();
	}

	@Test
	void readsTheConfigInADirectory() throws IOException {
		this.file.write(WrittenConfig.config("one"));
		DockerConfigSource opened = open(this.directory);
		assertThat(Logins.first(opened, GHCR, null).block()).extracting(Login::credential)
			.isEqualTo(WrittenConfig.basic("one"));
		assertThat(opened.state().source()).isEqualTo("docker config " + this.file.path());
	}

	@Test
	void findsAFileThatAppearsLater() throws IOException {
		DockerConfigSource opened = open(this.file.path());
		this.file.write(WrittenConfig.config("one"));
		eventually(() -> assertCredential(opened, "one"));
		assertThat(this.dropped).isEmpty();
	}

	@Test
	void followsAFileWrittenInPlaceAndDropsWhatChanged() throws IOException {
		this.file.write(WrittenConfig.config("one"));
		DockerConfigSource opened = open(this.file.path());
		this.file.write(WrittenConfig.config("second"));
		eventually(() -> assertThat(this.dropped).containsExactly(Set.of(WrittenConfig.basic("one"))));
		assertCredential(opened, "second");
	}

	@Test
	void seesAChangeThatLeavesSizeAndTimeAlone() throws IOException {
		this.file.write(WrittenConfig.config("one"));
		FileTime modified = Files.getLastModifiedTime(this.file.path());
		DockerConfigSource opened = open(this.file.path());
		this.file.write(WrittenConfig.config("two"));
		Files.setLastModifiedTime(this.file.path(), modified);
		eventually(() -> assertCredential(opened, "two"));
	}

	@Test
	void followsAFileReplacedByRename() throws IOException {
		this.file.write(WrittenConfig.config("one"));
		DockerConfigSource opened = open(this.file.path());
		Path next = Files.writeString(this.directory.resolve("config.json123"), WrittenConfig.config("two"));
		Files.move(next, this.file.path(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		eventually(() -> assertCredential(opened, "two"));
	}

	@Test
	void followsTheSymlinkSwapOfAMountedKubernetesSecret() throws IOException {
		Files.writeString(Files.createDirectory(this.directory.resolve("..1")).resolve("config.json"),
				WrittenConfig.config("one"));
		Files.writeString(Files.createDirectory(this.directory.resolve("..2")).resolve("config.json"),
				WrittenConfig.config("two"));
		Path data = Files.createSymbolicLink(this.directory.resolve("..data"), Path.of("..1"));
		Files.createSymbolicLink(this.file.path(), Path.of("..data", "config.json"));
		DockerConfigSource opened = open(this.file.path());
		assertCredential(opened, "one");
		Path swap = Files.createSymbolicLink(this.directory.resolve("..data_tmp"), Path.of("..2"));
		Files.move(swap, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		eventually(() -> assertCredential(opened, "two"));
		eventually(() -> assertThat(this.dropped).containsExactly(Set.of(WrittenConfig.basic("one"))));
	}

	@Test
	void dropsTheCredentialsOfAFileThatIsGone() throws IOException {
		this.file.write(WrittenConfig.config("one"));
		DockerConfigSource opened = open(this.file.path());
		Files.delete(this.file.path());
		eventually(() -> assertThat(this.dropped).containsExactly(Set.of(WrittenConfig.basic("one"))));
		assertThat(Logins.first(opened, GHCR, null).blockOptional()).isEmpty();
		assertThat(opened.state().isSound()).isTrue();
	}

	@Test
	void keepsTheLastGoodWhileTheFileIsMalformed() throws IOException {
		this.file.write(WrittenConfig.config("one"));
		DockerConfigSource opened = open(this.file.path());
		this.file.write("{\"auths\":{\n\"ghcr.io\": made-up-secret");
		eventually(() -> assertThat(opened.state().problems()).singleElement()
			.asString()
			.startsWith("docker config " + this.file.path() + " is no valid JSON at line 2, column ")
			.endsWith("; what was last read from it stays in force"));
		assertCredential(opened, "one");
		assertThat(this.dropped).isEmpty();
		this.file.write(WrittenConfig.config("two"));
		eventually(() -> assertCredential(opened, "two"));
		assertThat(opened.state().isSound()).isTrue();
		assertThat(this.log.all()).doesNotContain("made-up");
	}

	@Test
	void keepsTheLastGoodWhileTheFileIsUnreadableAndRecoversWithTheSameContent() throws IOException {
		this.file.write(WrittenConfig.config("one"));
		DockerConfigSource opened = open(this.file.path());
		Path aside = Files.move(this.file.path(), this.directory.resolve("aside"));
		Files.createSymbolicLink(this.file.path(), this.file.path().getFileName());
		eventually(() -> assertThat(opened.state().problems()).singleElement()
			.asString()
			.contains("docker config " + this.file.path() + " can't be read"));
		assertCredential(opened, "one");
		Files.move(aside, this.file.path(), StandardCopyOption.REPLACE_EXISTING);
		eventually(() -> assertThat(opened.state().isSound()).isTrue());
		assertThat(this.dropped).isEmpty();
	}

	@Test
	void saysFromTheStartThatAFileIsMalformedOrTooLarge() throws IOException {
		this.file.write("[]");
		assertThat(open(this.file.path()).state().problems())
			.containsExactly("docker config " + this.file.path() + " holds no JSON object; it gives no credentials");
		Path large = Files.writeString(this.directory.resolve("large"), " ".repeat(ConfigFile.SIZE_LIMIT) + "{}");
		try (DockerConfigSource opened = new DockerConfigSource(large, NoHelpers.HERE, InstantSource.system(),
				this.dropped::add)) {
			assertThat(opened.state().problems())
				.containsExactly("docker config " + large + " is larger than 1 MiB; it gives no credentials");
		}
	}

	@Test
	void goesOnWatchingWhenAListenerFails() throws IOException {
		this.file.write(WrittenConfig.config("one"));
		this.source = new DockerConfigSource(this.file.path(), NoHelpers.HERE, InstantSource.system(),
				(credentials) -> {
					throw new IllegalStateException("made-up failure of a listener");
				});
		this.file.write(WrittenConfig.config("second"));
		DockerConfigSource opened = this.source;
		eventually(() -> assertCredential(opened, "second"));
		this.file.write(WrittenConfig.config("three"));
		eventually(() -> assertCredential(opened, "three"));
	}

	private DockerConfigSource open(Path path) {
		DockerConfigSource opened = new DockerConfigSource(path, NoHelpers.HERE, InstantSource.system(),
				this.dropped::add);
		this.source = opened;
		return opened;
	}

	private static void assertCredential(DockerConfigSource source, String name) {
		assertThat(Logins.first(source, GHCR, null).block()).isNotNull()
			.extracting(Login::credential)
			.isEqualTo(WrittenConfig.basic(name));
	}

}
