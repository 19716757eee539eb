package dev.sluice.store.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import dev.sluice.oci.Digest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A blob is whole under its name, or not there.
 */
class BlobFilesTests {

	@TempDir
	private Path root;

	private StoreDirectory directory;

	private BlobFiles blobs;

	@BeforeEach
	void open() throws Exception {
		this.directory = StoreDirectory.open(this.root, Duration.ZERO);
		this.blobs = new BlobFiles(this.directory);
	}

	@AfterEach
	void close() throws IOException {
		this.directory.close();
	}

	@ParameterizedTest
	@EnumSource
	void findsWhatWasKept(Digest.Algorithm algorithm) throws IOException {
		Digest digest = keep(algorithm, "content");
		assertThat(read(digest)).isEqualTo("content");
	}

	@Test
	void findsABlobWithoutABytes() throws IOException {
		assertThat(read(keep(Digest.Algorithm.SHA256, ""))).isEmpty();
	}

	@Test
	void findsNothingThatIsOnItsWay() throws IOException {
		Digest digest = digest(Digest.Algorithm.SHA256, "content");
		try (Incoming incoming = this.blobs.begin()) {
			incoming.append(bytes("content"));
			assertThat(this.blobs.open(digest)).isEmpty();
			assertThat(incoming.length()).isEqualTo(7);
		}
		assertThat(this.root.resolve("incoming")).isEmptyDirectory();
	}

	@Test
	void readersGoOnWhenABlobIsDropped() throws IOException {
		Digest digest = keep(Digest.Algorithm.SHA256, "content");
		StoredBlob blob = this.blobs.open(digest).orElseThrow();
		this.blobs.drop(digest);
		this.blobs.drop(digest);
		assertThat(this.blobs.open(digest)).isEmpty();
		assertThat(read(blob)).isEqualTo("content");
		assertThat(blob.file().channel().isOpen()).isFalse();
	}

	@Test
	void readersOfWhatComesInGoOnWhenItIsKept() throws IOException {
		Digest digest = digest(Digest.Algorithm.SHA256, "content");
		SharedFile file;
		try (Incoming incoming = this.blobs.begin()) {
			incoming.append(bytes("con"));
			incoming.append(bytes("tent"));
			file = (SharedFile) incoming.bytes().retain();
			this.blobs.keep(incoming, digest);
		}
		assertThat(read(new StoredBlob(file, 7))).isEqualTo("content");
		assertThat(read(digest)).isEqualTo("content");
		assertThat(this.root.resolve("incoming")).isEmptyDirectory();
	}

	@Test
	void keepsTheSameBlobTwice() throws IOException {
		keep(Digest.Algorithm.SHA256, "content");
		assertThat(read(keep(Digest.Algorithm.SHA256, "content"))).isEqualTo("content");
	}

	@Test
	void whatStandsInABlobsPlaceAndIsNoFileIsNone() throws IOException {
		Digest digest = keep(Digest.Algorithm.SHA256, "content");
		this.blobs.drop(digest);
		Path place = this.root.resolve("blobs/sha256").resolve(digest.hex().substring(0, 2)).resolve(digest.hex());
		Path elsewhere = Files.writeString(this.root.resolve("elsewhere"), "content");
		Files.createSymbolicLink(place, elsewhere);
		assertThat(this.blobs.open(digest)).isEmpty();
		Files.delete(place);
		Files.createDirectory(place);
		assertThat(this.blobs.open(digest)).isEmpty();
	}

	private Digest keep(Digest.Algorithm algorithm, String content) throws IOException {
		Digest digest = digest(algorithm, content);
		try (Incoming incoming = this.blobs.begin()) {
			incoming.append(bytes(content));
			this.blobs.keep(incoming, digest);
		}
		return digest;
	}

	private String read(Digest digest) throws IOException {
		return read(this.blobs.open(digest).orElseThrow());
	}

	private static String read(StoredBlob blob) throws IOException {
		ByteBuffer content = ByteBuffer.allocate((int) blob.length());
		blob.file().channel().read(content, 0);
		blob.file().release();
		return new String(content.array(), StandardCharsets.US_ASCII);
	}

	private static Digest digest(Digest.Algorithm algorithm, String content) {
		return Digest.of(algorithm, content.getBytes(StandardCharsets.US_ASCII));
	}

	private static ByteBuffer bytes(String content) {
		return ByteBuffer.wrap(content.getBytes(StandardCharsets.US_ASCII));
	}

}
