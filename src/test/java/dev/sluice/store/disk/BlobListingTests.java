package dev.sluice.store.disk;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a start knows of how much is held, without a look at every file.
 */
class BlobListingTests {

	@TempDir
	private Path root;

	private StoreDirectory directory;

	private BlobListing listing;

	@BeforeEach
	void open() throws Exception {
		this.directory = StoreDirectory.open(this.root, Duration.ZERO);
		this.listing = new BlobListing(this.directory);
	}

	@AfterEach
	void close() throws Exception {
		this.directory.close();
	}

	@Test
	void itIsWhatTheLastProcessLeft() throws Exception {
		Files.createDirectories(this.root.resolve("blobs/sha256"));
		this.directory.total().write(123_456);
		assertThat(this.listing.known()).hasValue(123_456);
	}

	@Test
	void itIsNothingWhereTheBlobsWereRemoved() throws Exception {
		this.directory.total().write(123_456);
		assertThat(this.listing.known()).hasValue(0);
	}

	@Test
	void itIsUnknownWhereNobodyLeftIt() throws Exception {
		Files.createDirectories(this.root.resolve("blobs/sha256"));
		assertThat(this.listing.known()).isEmpty();
	}

}
