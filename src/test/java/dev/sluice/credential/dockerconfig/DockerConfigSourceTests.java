package dev.sluice.credential.dockerconfig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Level;
import dev.sluice.credential.Credential;
import dev.sluice.credential.Login;
import dev.sluice.credential.Secret;
import dev.sluice.credential.SourceState;
import dev.sluice.oci.RegistryName;
import dev.sluice.testing.Logins;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.sluice.credential.dockerconfig.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class DockerConfigSourceTests {

	private static final RegistryName GHCR = RegistryName.parse("ghcr.io");

	private final List<Set<Credential>> dropped = new CopyOnWriteArrayList<>();

	private final CapturedLog log = new CapturedLog();

	private @TempDir Path directory;

	private Path file;

	private @Nullable DockerConfigSource source;

	@BeforeEach
	void nameTheFile() {
		this.file = this.directory.resolve("config.json");
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
		write("{\"HttpHeaders\":{\"X-Key\":\"made-up\"},\"auths\":{\"https://ghcr.io\":{\"auth\":\"" + base64("one")
				+ "\"}}}");
		Login login = Logins.first(open(this.file), GHCR, null).block();
		assertThat(login).isEqualTo(new Login(basic("one"), Map.of("X-Key", "made-up"),
				"docker config " + this.file + " (https://ghcr.io)", Login.LOG_IN));
		assertThat(String.valueOf(login)).doesNotContain("made-up", "secret-one");
	}

	@Test
	void hasNothingForARegistryItDoesNotName() throws IOException {
		write(config("one"));
		assertThat(Logins.first(open(this.file), RegistryName.parse("quay.io"), null).blockOptional()).isEmpty();
	}

	@Test
	void isFineWithoutAFile() {
		DockerConfigSource opened = open(this.file);
		assertThat(opened.state()).isEqualTo(new SourceState("docker config " + this.file, 0, List.of()));
		assertThat(opened.registryNames()).isEmpty();
		assertThat(this.log.lines(Level.WARN)).isEmpty();
	}

	@Test
	void readsTheConfigInADirectory() throws IOException {
		write(config("one"));
		DockerConfigSource opened = open(this.directory);
		assertThat(Logins.first(opened, GHCR, null).block()).extracting(Login::credential).isEqualTo(basic("one"));
		assertThat(opened.state().source()).isEqualTo("docker config " + this.file);
	}

	@Test
	void findsAFileThatAppearsLater() throws IOException {
		DockerConfigSource opened = open(this.file);
		write(config("one"));
		eventually(() -> assertCredential(opened, "one"));
		assertThat(this.dropped).isEmpty();
	}

	@Test
	void followsAFileWrittenInPlaceAndDropsWhatChanged() throws IOException {
		write(config("one"));
		DockerConfigSource opened = open(this.file);
		write(config("second"));
		eventually(() -> assertThat(this.dropped).containsExactly(Set.of(basic("one"))));
		assertCredential(opened, "second");
	}

	@Test
	void seesAChangeThatLeavesSizeAndTimeAlone() throws IOException {
		write(config("one"));
		FileTime modified = Files.getLastModifiedTime(this.file);
		DockerConfigSource opened = open(this.file);
		write(config("two"));
		Files.setLastModifiedTime(this.file, modified);
		eventually(() -> assertCredential(opened, "two"));
	}

	@Test
	void followsAFileReplacedByRename() throws IOException {
		write(config("one"));
		DockerConfigSource opened = open(this.file);
		Path next = Files.writeString(this.directory.resolve("config.json123"), config("two"));
		Files.move(next, this.file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		eventually(() -> assertCredential(opened, "two"));
	}

	@Test
	void followsTheSymlinkSwapOfAMountedKubernetesSecret() throws IOException {
		Files.writeString(Files.createDirectory(this.directory.resolve("..1")).resolve("config.json"), config("one"));
		Files.writeString(Files.createDirectory(this.directory.resolve("..2")).resolve("config.json"), config("two"));
		Path data = Files.createSymbolicLink(this.directory.resolve("..data"), Path.of("..1"));
		Files.createSymbolicLink(this.file, Path.of("..data", "config.json"));
		DockerConfigSource opened = open(this.file);
		assertCredential(opened, "one");
		Path swap = Files.createSymbolicLink(this.directory.resolve("..data_tmp"), Path.of("..2"));
		Files.move(swap, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		eventually(() -> assertCredential(opened, "two"));
		assertThat(this.dropped).containsExactly(Set.of(basic("one")));
	}

	@Test
	void dropsTheCredentialsOfAFileThatIsGone() throws IOException {
		write(config("one"));
		DockerConfigSource opened = open(this.file);
		Files.delete(this.file);
		eventually(() -> assertThat(this.dropped).containsExactly(Set.of(basic("one"))));
		assertThat(Logins.first(opened, GHCR, null).blockOptional()).isEmpty();
		assertThat(opened.state().isSound()).isTrue();
	}

	@Test
	void keepsTheLastGoodWhileTheFileIsMalformed() throws IOException {
		write(config("one"));
		DockerConfigSource opened = open(this.file);
		write("{\"auths\":{\n\"ghcr.io\": made-up-secret");
		eventually(() -> assertThat(opened.state().problems()).singleElement()
			.asString()
			.startsWith("docker config " + this.file + " is no valid JSON at line 2, column ")
			.endsWith("; what was last read from it stays in force"));
		assertCredential(opened, "one");
		assertThat(this.dropped).isEmpty();
		write(config("two"));
		eventually(() -> assertCredential(opened, "two"));
		assertThat(opened.state().isSound()).isTrue();
		assertThat(this.log.all()).doesNotContain("made-up");
	}

	@Test
	void keepsTheLastGoodWhileTheFileIsUnreadableAndRecoversWithTheSameContent() throws IOException {
		write(config("one"));
		DockerConfigSource opened = open(this.file);
		Path aside = Files.move(this.file, this.directory.resolve("aside"));
		Files.createSymbolicLink(this.file, this.file.getFileName());
		eventually(() -> assertThat(opened.state().problems()).singleElement()
			.asString()
			.contains("docker config " + this.file + " can't be read"));
		assertCredential(opened, "one");
		Files.move(aside, this.file, StandardCopyOption.REPLACE_EXISTING);
		eventually(() -> assertThat(opened.state().isSound()).isTrue());
		assertThat(this.dropped).isEmpty();
	}

	@Test
	void saysFromTheStartThatAFileIsMalformedOrTooLarge() throws IOException {
		write("[]");
		assertThat(open(this.file).state().problems())
			.containsExactly("docker config " + this.file + " holds no JSON object; it gives no credentials");
		Path large = Files.writeString(this.directory.resolve("large"), " ".repeat(ConfigFile.SIZE_LIMIT) + "{}");
		try (DockerConfigSource opened = new DockerConfigSource(large, NoHelpers.HERE, InstantSource.system(),
				this.dropped::add)) {
			assertThat(opened.state().problems())
				.containsExactly("docker config " + large + " is larger than 1 MiB; it gives no credentials");
		}
	}

	@Test
	void logsOncePerChangeAndNeverASecret() throws IOException {
		write("{\"credsStore\":\"pass\",\"auths\":{\"quay.io\":{},\"ghcr.io\":{\"auth\":\"" + base64("one") + "\"},}}");
		ReloadingConfig config = reloading();
		config.look();
		config.look();
		assertThat(this.log.lines(Level.INFO))
			.containsExactly("Docker config " + this.file + ": registries named: 2 (ghcr.io, quay.io)");
		assertThat(this.log.lines(Level.WARN)).hasSize(2)
			.anyMatch((line) -> line.contains("has a trailing comma before line 1"))
			.anyMatch((line) -> line
				.contains("docker-credential-pass keeps the logins of quay.io, but isn't on the PATH"));
		write("{");
		config.look();
		config.look();
		assertThat(this.log.lines(Level.WARN)).hasSize(3);
		assertThat(this.log.all()).doesNotContain("secret-one", base64("one"));
	}

	@Test
	void logsNothingWhenTheSameContentIsWrittenAgain() throws IOException {
		write(config("one"));
		ReloadingConfig config = reloading();
		config.look();
		Path next = Files.writeString(this.directory.resolve("next"), config("one"));
		Files.move(next, this.file, StandardCopyOption.REPLACE_EXISTING);
		config.look();
		assertThat(this.log.lines(Level.INFO)).hasSize(1);
	}

	@Test
	void keepsTheCredentialsOfAFileThatIsMissedOnlyOnce() throws IOException {
		write(config("one"));
		ReloadingConfig config = reloading();
		config.look();
		Files.delete(this.file);
		config.look();
		assertThat(config.current().config().credentials()).containsExactly(basic("one"));
		write(config("one"));
		config.look();
		Files.delete(this.file);
		config.look();
		assertThat(this.dropped).isEmpty();
		config.look();
		assertThat(this.dropped).containsExactly(Set.of(basic("one")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "\n", "\r\n\t \n" })
	void isFineWithAnEmptyFileAndTakesItForTheMomentBeforeItIsWritten(String empty) throws IOException {
		write(empty);
		ReloadingConfig config = reloading();
		config.look();
		config.look();
		assertThat(config.current().state(new LoginLookup(NoHelpers.HERE)).isSound()).isTrue();
		write(config("one"));
		config.look();
		write(empty);
		config.look();
		assertThat(config.current().config().credentials()).containsExactly(basic("one"));
		config.look();
		assertThat(this.dropped).containsExactly(Set.of(basic("one")));
		assertThat(config.current().state(new LoginLookup(NoHelpers.HERE)).isSound()).isTrue();
		assertThat(this.log.lines(Level.WARN)).isEmpty();
	}

	@Test
	void dropsNoCredentialThatOnlyMovedToAnotherKey() throws IOException {
		write(config("one"));
		ReloadingConfig config = reloading();
		config.look();
		write(config("one").replace("ghcr.io", "https://quay.io"));
		config.look();
		assertThat(config.current().config().registryNames()).containsExactly(RegistryName.parse("quay.io"));
		assertThat(this.dropped).isEmpty();
	}

	@Test
	void goesOnWatchingWhenAListenerFails() throws IOException {
		write(config("one"));
		this.source = new DockerConfigSource(this.file, NoHelpers.HERE, InstantSource.system(), (credentials) -> {
			throw new IllegalStateException("made-up failure of a listener");
		});
		write(config("second"));
		DockerConfigSource opened = this.source;
		eventually(() -> assertCredential(opened, "second"));
		write(config("three"));
		eventually(() -> assertCredential(opened, "three"));
	}

	private DockerConfigSource open(Path path) {
		DockerConfigSource opened = new DockerConfigSource(path, NoHelpers.HERE, InstantSource.system(),
				this.dropped::add);
		this.source = opened;
		return opened;
	}

	private ReloadingConfig reloading() {
		return new ReloadingConfig(new ConfigFile(this.file, InstantSource.system()), new LoginLookup(NoHelpers.HERE),
				this.dropped::add);
	}

	private void write(String content) throws IOException {
		Files.writeString(this.file, content);
	}

	private static void assertCredential(DockerConfigSource source, String name) {
		assertThat(Logins.first(source, GHCR, null).block()).isNotNull()
			.extracting(Login::credential)
			.isEqualTo(basic(name));
	}

	private static Credential basic(String name) {
		return new Credential.Basic("user", new Secret("secret-" + name));
	}

	private static String config(String name) {
		return "{\"auths\":{\"ghcr.io\":{\"auth\":\"" + base64(name) + "\"}}}";
	}

	private static String base64(String name) {
		return Base64.getEncoder().encodeToString(("user:secret-" + name).getBytes(UTF_8));
	}

}
