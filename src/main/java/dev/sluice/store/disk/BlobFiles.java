package dev.sluice.store.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

import dev.sluice.oci.Digest;

/**
 * Blobs by their digests, in files of their own:
 * {@code blobs/<algorithm>/<first two>/<hex>}. Thread-safe; everything blocks.
 */
public final class BlobFiles {

	private final StoreDirectory directory;

	private final AtomicLong begun = new AtomicLong();

	/**
	 * The blobs in a directory.
	 * @param directory the directory
	 */
	public BlobFiles(StoreDirectory directory) {
		this.directory = directory;
	}

	/**
	 * Opens a blob.
	 * @param digest its digest
	 * @return the blob, for the caller to release; empty if it isn't held
	 * @throws IOException if it can't be opened
	 */
	public Optional<StoredBlob> open(Digest digest) throws IOException {
		if (!isHeld(digest)) {
			return Optional.empty();
		}
		try {
			FileChannel channel = FileChannel.open(file(digest),
					Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
			return Optional.of(new StoredBlob(new SharedFile(channel), channel.size()));
		}
		catch (NoSuchFileException ex) {
			return Optional.empty();
		}
	}

	/**
	 * Whether a blob is held.
	 * @param digest its digest
	 * @return whether there is a file of its name
	 */
	public boolean isHeld(Digest digest) {
		return Files.isRegularFile(file(digest), LinkOption.NOFOLLOW_LINKS);
	}

	/**
	 * Begins a file.
	 * @return the file, for the caller to close
	 * @throws IOException if it can't be made
	 */
	public Incoming begin() throws IOException {
		return Incoming.in(this.directory.incoming(), this.begun.getAndIncrement());
	}

	/**
	 * Keeps a file as a blob, so that it outlives a power cut. Takes as long as the disk
	 * needs to sync it.
	 * @param incoming the file, all of it there and verified
	 * @param digest its digest
	 * @throws IOException if the disk fails; the file may be closed then, and is gone
	 */
	public void keep(Incoming incoming, Digest digest) throws IOException {
		DurableFiles files = this.directory.files();
		files.makeDirectory(ofAlgorithm(digest));
		files.makeDirectory(shard(digest));
		incoming.keepAs(file(digest), files);
	}

	/**
	 * Drops a blob; who reads it goes on reading.
	 * @param digest its digest
	 * @throws IOException if the disk fails
	 */
	public void drop(Digest digest) throws IOException {
		Files.deleteIfExists(file(digest));
	}

	private Path file(Digest digest) {
		return shard(digest).resolve(digest.hex());
	}

	/** So that no directory gets too large for any file system. */
	private Path shard(Digest digest) {
		return ofAlgorithm(digest).resolve(digest.hex().substring(0, 2));
	}

	private Path ofAlgorithm(Digest digest) {
		return this.directory.blobs().resolve(digest.algorithm().name().toLowerCase(Locale.ROOT));
	}

}
