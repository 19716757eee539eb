package dev.sluice.credential.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Level;
import dev.sluice.credential.Candidate;
import dev.sluice.credential.Credential;
import dev.sluice.credential.CredentialChain;
import dev.sluice.credential.Login;
import dev.sluice.credential.Secret;
import dev.sluice.oci.RegistryName;
import dev.sluice.oci.RepositoryName;
import dev.sluice.testing.LogCapture;
import dev.sluice.testing.SecretMount;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A directory of mounted secrets is followed while it changes.
 */
class MountedSecretsTests {

	private static final RegistryName REGISTRY = RegistryName.parse("r.example");

	private final List<Set<Credential>> dropped = new CopyOnWriteArrayList<>();

	private final LogCapture log = LogCapture.asUsersSeeIt();

	@TempDir
	private Path directory;

	private @Nullable MountedSecrets source;

	@AfterEach
	void close() {
		if (this.source != null) {
			this.source.close();
		}
		this.log.close();
	}

	@Test
	void oneSecretMayBeTheDirectoryItself() {
		SecretMount.at(this.directory).login("r.example", "u", "one");
		MountedSecrets secrets = open();
		assertThat(passwords(secrets, REGISTRY, null)).containsExactly("one");
		assertThat(secrets.registryNames()).containsExactly(REGISTRY);
	}

	@Test
	void eachSubdirectoryIsASecretAndAllThatMatchAreTriedTheDeepestRepositoryFirst() {
		mount("a").login("*.example", "u", "pattern");
		mount("b").login("r.example", "u", "exact");
		mount("c").login("r.example/acme", "u", "deep");
		mount("d").login("else.example", "u", "other");
		mount("e").write(Map.of(".dockerconfigjson", """
				{"auths":{"r.example":{"username":"u","password":"second"},
				"r*.example":{"username":"u","password":"half"}}}"""));
		RepositoryName app = new RepositoryName("acme/app");
		assertThat(passwords(open(), REGISTRY, app)).containsExactly("deep", "exact", "second", "pattern", "half");
		assertThat(passwords(open(), REGISTRY, null)).containsExactly("exact", "second", "pattern", "half");
	}

	@Test
	void swappedSecretCountsAndWhatItReplacedIsDropped() {
		SecretMount mount = mount("a").login("r.example", "u", "old");
		MountedSecrets secrets = open();
		mount.login("r.example", "u", "new");
		eventually(() -> assertThat(passwords(secrets, REGISTRY, null)).containsExactly("new"));
		assertThat(this.dropped).containsExactly(Set.of(basic("old")));
	}

	@Test
	void secretsMayAppearAndVanish() {
		MountedSecrets secrets = open();
		assertThat(secrets.state().isSound()).isTrue();
		SecretMount mount = mount("a").login("r.example", "u", "one");
		eventually(() -> assertThat(passwords(secrets, REGISTRY, null)).containsExactly("one"));
		mount.write(Map.of());
		eventually(() -> assertThat(passwords(secrets, REGISTRY, null)).isEmpty());
		assertThat(this.dropped).containsExactly(Set.of(basic("one")));
		assertThat(secrets.state().isSound()).isTrue();
	}

	@Test
	void missingDirectoryIsWarnedOfOnceAndUsedWhenItAppears() {
		Path later = this.directory.resolve("later");
		MountedSecrets secrets = open(later);
		String problem = "the directory " + later + " of kubernetes secrets doesn't exist; it is used once it does";
		assertThat(secrets.state().problems()).containsExactly(problem);
		SecretMount.at(later.resolve("a")).login("r.example", "u", "one");
		eventually(() -> assertThat(passwords(secrets, REGISTRY, null)).containsExactly("one"));
		assertThat(secrets.state().isSound()).isTrue();
		assertThat(warnings()).containsExactly(problem);
	}

	@Test
	void moreSecretsThanAreReadSaySo() throws Exception {
		for (int number = 0; number < 257; number++) {
			Files.createDirectory(this.directory.resolve("s" + number));
		}
		assertThat(open().state().problems()).singleElement().asString().endsWith("(more than 256 subdirectories)");
	}

	@Test
	void malformedSecretKeepsWhatItGaveAndHarmsNoOther() {
		SecretMount bad = mount("bad").login("r.example", "u", "old");
		SecretMount good = mount("good").login("other.example", "u", "one");
		MountedSecrets secrets = open();
		bad.write(Map.of(".dockerconfigjson", "{\"auths\":{\"r.example\":{\"password\":\"s3cr3t\"}"));
		good.login("other.example", "u", "two");
		eventually(
				() -> assertThat(passwords(secrets, RegistryName.parse("other.example"), null)).containsExactly("two"));
		eventually(() -> assertThat(secrets.state().problems()).singleElement()
			.asString()
			.startsWith(
					"kubernetes secret " + this.directory.resolve("bad") + ": .dockerconfigjson is no valid JSON at")
			.endsWith("; what was last read stays in force"));
		assertThat(passwords(secrets, REGISTRY, null)).containsExactly("old");
		Awaitility.await().during(Duration.ofSeconds(3)).until(() -> warnings().size() == 1);
		assertThat(this.log.entries().toString()).doesNotContain("s3cr3t");
		bad.login("r.example", "u", "new");
		eventually(() -> assertThat(passwords(secrets, REGISTRY, null)).containsExactly("new"));
		assertThat(secrets.state().isSound()).isTrue();
	}

	@Test
	void filesWrittenInPlaceNeverPairAnOldNameWithANewPassword() throws IOException {
		Path secret = Files.createDirectory(this.directory.resolve("r.example"));
		Files.writeString(secret.resolve("username"), "u");
		Files.writeString(secret.resolve("password"), "old");
		MountedSecrets secrets = open();
		for (int i = 0; i < 25; i++) {
			Files.writeString(secret.resolve("password"), "half-written-" + i);
			Awaitility.await()
				.pollInterval(Duration.ofMillis(10))
				.during(Duration.ofMillis(100))
				.until(() -> passwords(secrets, REGISTRY, null).equals(List.of("old")));
		}
		Files.writeString(secret.resolve("password"), "");
		eventually(() -> assertThat(secrets.state().problems())
			.containsExactly("kubernetes secret " + secret + ": password is empty; what was last read stays in force"));
		assertThat(passwords(secrets, REGISTRY, null)).containsExactly("old");
		Files.writeString(secret.resolve("password"), "new");
		eventually(() -> assertThat(passwords(secrets, REGISTRY, null)).containsExactly("new"));
	}

	@Test
	void unreadableKeyIsNamedAndCostsNothing() throws IOException {
		Path secret = Files.createDirectory(this.directory.resolve("a"));
		Path file = Files.writeString(secret.resolve(".dockerconfigjson"),
				SecretMount.dockerConfig("r.example", "u", "one"));
		MountedSecrets secrets = open();
		Files.delete(file);
		Files.createDirectory(file);
		eventually(() -> assertThat(secrets.state().problems()).containsExactly("kubernetes secret " + secret
				+ ": .dockerconfigjson is no regular file; what was last read stays in force"));
		assertThat(passwords(secrets, REGISTRY, null)).containsExactly("one");
	}

	@Test
	void directoryOfOtherFilesIsSaidToHoldNoLogin() throws IOException {
		Files.writeString(this.directory.resolve("tls.crt"), "x");
		assertThat(open().state().problems()).singleElement()
			.asString()
			.startsWith("kubernetes secret " + this.directory + ": it has none of the keys .dockerconfigjson")
			.endsWith("; it gives no credentials");
	}

	@Test
	void credentialThatMovedToAnotherSecretIsNotDropped() {
		SecretMount first = mount("a").login("r.example", "u", "one");
		MountedSecrets secrets = open();
		mount("b").login("r.example", "u", "one");
		eventually(() -> assertThat(passwords(secrets, REGISTRY, null)).containsExactly("one", "one"));
		first.write(Map.of());
		eventually(() -> assertThat(passwords(secrets, REGISTRY, null)).containsExactly("one"));
		assertThat(this.dropped).isEmpty();
		assertThat(new CredentialChain(List.of(secrets)).candidates(REGISTRY, null).block()).hasSize(1);
	}

	private SecretMount mount(String name) {
		return SecretMount.at(this.directory.resolve(name));
	}

	private MountedSecrets open() {
		return open(this.directory);
	}

	private MountedSecrets open(Path path) {
		MountedSecrets before = this.source;
		if (before != null) {
			before.close();
		}
		MountedSecrets opened = new MountedSecrets(path, this.dropped::add);
		this.source = opened;
		return opened;
	}

	private List<String> warnings() {
		return this.log.entries()
			.stream()
			.filter((entry) -> entry.level().isGreaterOrEqual(Level.WARN))
			.map(LogCapture.Entry::message)
			.toList();
	}

	private static List<String> passwords(MountedSecrets secrets, RegistryName host,
			@Nullable RepositoryName repository) {
		return secrets.candidates(host, repository)
			.stream()
			.map(Candidate::login)
			.map((login) -> login.map(Login::credential).block())
			.map((credential) -> (credential instanceof Credential.Basic basic) ? basic.password().reveal() : "none")
			.toList();
	}

	private static Credential basic(String password) {
		return new Credential.Basic("u", new Secret(password));
	}

	private static void eventually(ThrowingRunnable assertion) {
		Awaitility.await().pollInterval(Duration.ofMillis(25)).atMost(Duration.ofSeconds(30)).untilAsserted(assertion);
	}

}
