package dev.sluice.store.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.stream.Stream;

import dev.sluice.oci.Digest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A directory becomes a store of one process' own, or says why it can't.
 */
class StoreDirectoryTests {

	private static final Digest DIGEST = Digest.of(Digest.Algorithm.SHA256, "a".getBytes(StandardCharsets.US_ASCII));

	@TempDir
	private Path home;

	@Test
	void makesItsDirectoriesForNobodyElse() throws Exception {
		Path root = this.home.resolve("a/b");
		try (StoreDirectory directory = open(root)) {
			keep(new BlobFiles(directory, NewFile.PRIVATE, new RecordedLedger(), InstantSource.system()), "a");
		}
		try (Stream<Path> all = Files.walk(this.home.resolve("a"))) {
			assertThat(all).allSatisfy((path) -> assertThat(Files.getPosixFilePermissions(path))
				.isEqualTo(PosixFilePermissions.fromString(Files.isDirectory(path) ? "rwx------" : "rw-------")));
		}
		assertThat(root.resolve("blobs/sha256/" + DIGEST.hex().substring(0, 2) + "/" + DIGEST.hex())).hasContent("a");
	}

	@Test
	void asksASecondProcessToWaitAndThenToGoAway() throws Exception {
		try (StoreDirectory first = open(this.home)) {
			assertThat(first).isNotNull();
			assertThatExceptionOfType(StoreUnusableException.InUse.class)
				.isThrownBy(() -> StoreDirectory.open(this.home, Duration.ofMillis(200)))
				.withMessageContaining(this.home.toRealPath().toString())
				.withMessageContaining("sluice.store.path");
		}
		open(this.home).close();
	}

	@Test
	void dropsWhatTheLastProcessLeftOnItsWayAndNothingElse() throws Exception {
		try (StoreDirectory directory = open(this.home)) {
			BlobFiles blobs = new BlobFiles(directory, NewFile.PRIVATE, new RecordedLedger(), InstantSource.system());
			keep(blobs, "a");
			blobs.begin().append(ByteBuffer.wrap(new byte[10]));
		}
		Files.writeString(this.home.resolve("incoming/of-others"), "x");
		Files.createDirectory(this.home.resolve("lost+found"));
		try (StoreDirectory directory = open(this.home)) {
			assertThat(new BlobFiles(directory, NewFile.PRIVATE, new RecordedLedger(), InstantSource.system())
				.open(DIGEST)).hasValueSatisfying((blob) -> {
					assertThat(blob.length()).isEqualTo(1);
					blob.file().release();
				});
		}
		assertThat(this.home.resolve("incoming")).isDirectoryNotContaining("glob:**.incoming");
		assertThat(this.home.resolve("incoming/of-others")).hasContent("x");
		assertThat(this.home.resolve("lost+found")).exists();
	}

	@ParameterizedTest
	@ValueSource(strings = { "sluice-store 2\n", "",
			"something else, and longer than any layout of ours ever was or will be\n" })
	void leavesAStoreAloneThatAnotherVersionMade(String layout) throws IOException {
		Files.writeString(this.home.resolve("layout"), layout);
		assertThatExceptionOfType(StoreUnusableException.class).isThrownBy(() -> open(this.home))
			.withMessageContaining("another version");
		assertThat(this.home.resolve("layout")).hasContent(layout);
		assertThat(this.home.resolve("blobs")).doesNotExist();
	}

	@Test
	void leavesADirectoryAloneThatHoldsSomebodyElsesBlobs() throws IOException {
		Files.createDirectories(this.home.resolve("blobs/sha256"));
		assertThatExceptionOfType(StoreUnusableException.class).isThrownBy(() -> open(this.home))
			.withMessageContaining("holds what Sluice didn't put there");
	}

	@Test
	void followsNoLinkThatStandsInPlaceOfItsOwnDirectories() throws Exception {
		open(this.home).close();
		Path elsewhere = Files.createDirectory(this.home.resolve("elsewhere"));
		Files.delete(this.home.resolve("incoming"));
		Files.createSymbolicLink(this.home.resolve("incoming"), elsewhere);
		assertThatExceptionOfType(StoreUnusableException.class).isThrownBy(() -> open(this.home))
			.withMessageContaining("can't be used");
	}

	@Test
	void isReachedByALink() throws Exception {
		Path link = Files.createSymbolicLink(this.home.resolve("link"),
				Files.createDirectory(this.home.resolve("elsewhere")));
		open(link).close();
		assertThat(this.home.resolve("elsewhere/layout")).exists();
	}

	@Test
	void saysWhyItCantBeMade() throws IOException {
		Path file = Files.writeString(this.home.resolve("file"), "");
		assertThatExceptionOfType(StoreUnusableException.class).isThrownBy(() -> open(file.resolve("store")))
			.withMessageContaining(file + "/store can't be used");
	}

	private static StoreDirectory open(Path root) throws StoreUnusableException, InterruptedException {
		return StoreDirectory.open(root, Duration.ZERO);
	}

	private static void keep(BlobFiles blobs, String content) throws IOException {
		byte[] bytes = content.getBytes(StandardCharsets.US_ASCII);
		try (Incoming incoming = blobs.begin()) {
			incoming.append(ByteBuffer.wrap(bytes));
			blobs.keep(incoming, Digest.of(Digest.Algorithm.SHA256, bytes));
		}
	}

}
