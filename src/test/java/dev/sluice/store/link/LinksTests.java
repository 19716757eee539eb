package dev.sluice.store.link;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import dev.sluice.oci.Digest;
import dev.sluice.oci.RegistryName;
import dev.sluice.oci.RepositoryName;
import dev.sluice.store.disk.SmallFiles;
import dev.sluice.store.disk.StoreDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What was linked is linked after a restart, and what a file can't vouch for isn't.
 */
class LinksTests {

	private static final Digest DIGEST = Digest.of(Digest.Algorithm.SHA256, new byte[] { 1 });

	private static final LinkKey KEY = key("reg.example:5000", "acme/app");

	private static final Link LINK = new Link(OptionalLong.of(10), Instant.ofEpochSecond(1_796_400_000), "ab12");

	@TempDir
	private Path root;

	private StoreDirectory directory;

	private Links links;

	@BeforeEach
	void open() throws Exception {
		this.directory = StoreDirectory.open(this.root, Duration.ZERO);
		this.links = links();
	}

	@AfterEach
	void close() throws IOException {
		this.directory.close();
	}

	private Links links() {
		return new Links(new SmallFiles(this.directory), 100, Runnable::run);
	}

	@Test
	void whatIsKeptIsFoundByAnotherProcess() throws IOException {
		Link unknown = new Link(OptionalLong.empty(), LINK.confirmed(), "nobody");
		this.links.keep(KEY, LINK);
		this.links.keep(key("reg.example", "acme/app"), unknown);
		assertThat(links().find(KEY)).contains(LINK);
		assertThat(links().find(key("reg.example", "acme/app"))).contains(unknown);
		assertThat(links().find(key("reg.example:5000", "acme/app2"))).isEmpty();
	}

	@Test
	void whatIsRemovedStaysRemoved() throws IOException {
		this.links.keep(KEY, LINK);
		this.links.remove(KEY);
		assertThat(this.links.find(KEY)).isEmpty();
		assertThat(links().find(KEY)).isEmpty();
	}

	/** What is written late mustn't undo what was decided since. */
	@Test
	void theFileFollowsWhatCountsLast() throws IOException {
		List<Runnable> late = new ArrayList<>();
		Links slow = new Links(new SmallFiles(this.directory), 100, late::add);
		slow.keep(KEY, LINK);
		slow.remove(KEY);
		late.reversed().forEach(Runnable::run);
		assertThat(slow.find(KEY)).isEmpty();
		assertThat(links().find(KEY)).isEmpty();
	}

	@Test
	void onlyItsOwnerReadsIt() throws IOException {
		this.links.keep(KEY, LINK);
		this.links.key();
		try (var files = Files.walk(this.root.resolve("links"))) {
			assertThat(files)
				.allSatisfy((file) -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
					.isEqualTo(Files.isDirectory(file) ? "rwx------" : "rw-------"));
		}
		assertThat(this.root.resolve("incoming")).isEmptyDirectory();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "sluice-link 2\n", "sluice-link 1\nregistry other.example\n" })
	void aFileThatSaysSomethingElseIsNone(String content) throws IOException {
		this.links.keep(KEY, LINK);
		Files.writeString(file(), content);
		assertThat(links().find(KEY)).isEmpty();
	}

	@Test
	void norIsOneThatIsTooLongOrNoFile() throws IOException {
		this.links.keep(KEY, LINK);
		Files.writeString(file(), Files.readString(file()) + "x".repeat(SmallFiles.LONGEST));
		assertThat(links().find(KEY)).isEmpty();
		Path elsewhere = this.root.resolve("elsewhere");
		Files.move(file(), elsewhere);
		Files.createSymbolicLink(file(), elsewhere);
		assertThat(found(links())).isEmpty();
	}

	private static Optional<Link> found(Links links) {
		try {
			return links.find(KEY);
		}
		catch (IOException _) {
			return Optional.empty();
		}
	}

	@Test
	void theKeyOfFingerprintsOutlivesTheProcess() throws IOException {
		byte[] key = this.links.key();
		assertThat(key).hasSize(32).isEqualTo(links().key());
	}

	@Test
	void aDiskThatFailsCostsNothingButTheFile() throws IOException {
		Files.delete(this.root.resolve("incoming"));
		this.links.keep(KEY, LINK);
		assertThat(this.links.find(KEY)).contains(LINK);
	}

	@Test
	void thereAreNeverMoreThanMayBe() throws IOException {
		for (int number = 0; number < 300; number++) {
			this.links.keep(key("reg.example", "acme/app" + number), LINK);
		}
		assertThat(files()).isEqualTo(100);
		links().keep(KEY, LINK);
		assertThat(files()).isBetween(90L, 100L);
		assertThat(links().find(KEY)).contains(LINK);
	}

	@Test
	void whatWasConfirmedMonthsAgoIsRemoved() throws IOException {
		this.links.keep(KEY, LINK);
		byte[] secret = this.links.key();
		Files.setLastModifiedTime(file(), FileTime.from(Instant.now().minus(Duration.ofDays(91))));
		links().keep(key("reg.example", "acme/app"), LINK);
		assertThat(file()).doesNotExist();
		assertThat(links().key()).isEqualTo(secret);
	}

	private long files() throws IOException {
		try (var files = Files.walk(this.root.resolve("links"))) {
			return files.filter(Files::isRegularFile).count();
		}
	}

	private Path file() {
		String name = KEY.fileName();
		return this.root.resolve("links").resolve(name.substring(0, 2)).resolve(name);
	}

	private static LinkKey key(String registry, String repository) {
		return new LinkKey(RegistryName.parse(registry), new RepositoryName(repository), DIGEST);
	}

}
