package dev.sluice.store.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

import dev.sluice.oci.Digest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A blob is whole under its name, or not there.
 */
class BlobFilesTests {

	@TempDir
	private Path root;

	private StoreDirectory directory;

	private final RecordedLedger ledger = new RecordedLedger();

	private BlobFiles blobs;

	@BeforeEach
	void open() throws Exception {
		this.directory = StoreDirectory.open(this.root, Duration.ZERO);
		this.blobs = new BlobFiles(this.directory, NewFile.PRIVATE, this.ledger, InstantSource.system());
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

	@Test
	void readersShareOneFileAndTheLastClosesIt() throws IOException {
		Digest digest = keep(Digest.Algorithm.SHA256, "content");
		StoredBlob first = this.blobs.open(digest).orElseThrow();
		StoredBlob second = this.blobs.open(digest).orElseThrow();
		assertThat(second.file()).isSameAs(first.file());
		assertThat(read(first)).isEqualTo("content");
		assertThat(second.file().channel().isOpen()).isTrue();
		assertThat(read(second)).isEqualTo("content");
		assertThat(second.file().channel().isOpen()).isFalse();
		assertThat(read(digest)).isEqualTo("content");
	}

	@Test
	void whatIsReadIsNotEvicted() throws IOException {
		Digest digest = keep(Digest.Algorithm.SHA256, "content");
		StoredBlob blob = this.blobs.open(digest).orElseThrow();
		HeldBlob seen = this.blobs.look(digest).orElseThrow();
		assertThat(this.blobs.evict(seen)).isFalse();
		assertThat(read(blob)).isEqualTo("content");
		assertThat(this.blobs.evict(seen)).isTrue();
		assertThat(this.blobs.open(digest)).isEmpty();
		assertThat(this.blobs.evict(seen)).isFalse();
	}

	@Test
	void whatIsReadAsItComesInIsNotEvictedOnceItIsKept() throws IOException {
		Digest digest = digest(Digest.Algorithm.SHA256, "content");
		Incoming incoming = this.blobs.begin();
		incoming.append(bytes("content"));
		this.blobs.keep(incoming, digest);
		HeldBlob seen = this.blobs.look(digest).orElseThrow();
		assertThat(this.blobs.evict(seen)).isFalse();
		incoming.close();
		assertThat(this.blobs.evict(seen)).isTrue();
	}

	@Test
	void whatWasUsedMeanwhileIsNotEvicted() throws IOException {
		Digest digest = keep(Digest.Algorithm.SHA256, "content");
		HeldBlob seen = this.blobs.look(digest).orElseThrow();
		Files.setLastModifiedTime(file(digest), FileTime.fromMillis(seen.used() + 5000));
		assertThat(this.blobs.evict(seen)).isFalse();
		assertThat(read(digest)).isEqualTo("content");
	}

	@ParameterizedTest
	@CsvSource({ "-7200, true", "-60, false", "86400, true" })
	void aUseIsWrittenOnceAnHour(long seconds, boolean written) throws IOException {
		Digest digest = keep(Digest.Algorithm.SHA256, "content");
		FileTime before = FileTime.from(Instant.now().plusSeconds(seconds).truncatedTo(ChronoUnit.SECONDS));
		Files.setLastModifiedTime(file(digest), before);
		read(digest);
		FileTime after = Files.getLastModifiedTime(file(digest));
		assertThat(after.equals(before)).isNotEqualTo(written);
		assertThat(after.toInstant()).isBefore(Instant.now().plusSeconds(5));
	}

	@Test
	void aNameThatIsGoneTakesItsBlocksUntilItsLastReaderHasLeft() throws IOException {
		Digest digest = keep(Digest.Algorithm.SHA256, "content");
		assertThat(this.ledger.named()).isEqualTo(4096);
		StoredBlob blob = this.blobs.open(digest).orElseThrow();
		this.blobs.drop(digest);
		assertThat(this.ledger.named()).isZero();
		assertThat(this.ledger.lingering()).isEqualTo(4096);
		read(blob);
		assertThat(this.ledger.lingering()).isZero();
		assertThat(this.ledger.underWay()).isZero();
	}

	private Path file(Digest digest) {
		return this.root.resolve("blobs/sha256").resolve(digest.hex().substring(0, 2)).resolve(digest.hex());
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
