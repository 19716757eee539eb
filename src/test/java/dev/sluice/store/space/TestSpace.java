package dev.sluice.store.space;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

import dev.sluice.oci.Digest;
import dev.sluice.store.disk.Incoming;
import dev.sluice.store.disk.NewFile;
import dev.sluice.store.disk.StoreDirectory;
import dev.sluice.store.disk.StoredBlob;

/**
 * The room in a directory, on a disk of which the test says what it has left.
 */
final class TestSpace implements AutoCloseable {

	static final int BLOCK = 4096;

	static final Duration SOON = Duration.ofSeconds(20);

	private final Path root;

	private final AtomicLong usable = new AtomicLong(Long.MAX_VALUE);

	private final StoreDirectory directory;

	private final Space space;

	TestSpace(Path root, SpaceLimits limits) throws Exception {
		this(root, limits, 10_000);
	}

	TestSpace(Path root, SpaceLimits limits, int candidates) throws Exception {
		this.root = root;
		this.directory = StoreDirectory.open(root, Duration.ZERO);
		this.space = new Space(this.directory, limits, NewFile.PRIVATE, this.usable::get, InstantSource.system(),
				candidates);
	}

	static SpaceLimits blocks(int most) {
		return new SpaceLimits((long) most * BLOCK, 0, Long.MAX_VALUE, Duration.ZERO);
	}

	Space space() {
		return this.space;
	}

	void leave(long bytes) {
		this.usable.set(bytes);
	}

	/** Has a blob of some blocks come in. */
	Digest fill(String name, int blocks) throws IOException {
		Room room = this.space.room();
		Digest digest = digest(name);
		try (Incoming incoming = begin(room)) {
			room.take((long) blocks * BLOCK);
			incoming.append(ByteBuffer.allocate(blocks * BLOCK));
			room.wrote(incoming.length());
			this.space.blobs().keep(incoming, digest);
			room.kept(digest);
		}
		return digest;
	}

	Incoming begin(Room room) throws IOException {
		Incoming incoming = this.space.blobs().begin();
		incoming.bytes().whenClosed(room::gone);
		return incoming;
	}

	/** Puts a blob there as an earlier process did. */
	Digest put(String name, int blocks, Instant used) throws IOException {
		Digest digest = digest(name);
		Path file = file(digest);
		Files.createDirectories(file.resolveSibling(""));
		Files.write(file, new byte[blocks * BLOCK]);
		used(digest, used);
		return digest;
	}

	void used(Digest digest, Instant when) throws IOException {
		Files.setLastModifiedTime(file(digest), FileTime.from(when));
	}

	Path file(Digest digest) {
		return this.root.resolve("blobs/sha256").resolve(digest.hex().substring(0, 2)).resolve(digest.hex());
	}

	Optional<StoredBlob> open(Digest digest) {
		try {
			return this.space.blobs().open(digest);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	boolean holds(Digest digest) {
		return this.space.blobs().isHeld(digest);
	}

	static Digest digest(String name) {
		return Digest.of(Digest.Algorithm.SHA256, name.getBytes(StandardCharsets.UTF_8));
	}

	@Override
	public void close() throws IOException {
		this.space.close();
		this.directory.close();
	}

}
