package dev.sluice.store.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

import dev.sluice.oci.Digest;
import org.jspecify.annotations.Nullable;

/**
 * Blobs by their digests, in files of their own:
 * {@code blobs/<algorithm>/<first two>/<hex>}. Thread-safe; everything blocks.
 */
public final class BlobFiles {

	private final StoreDirectory directory;

	private final NewFile newFile;

	private final BlobLedger ledger;

	private final InstantSource clock;

	private final OpenBlobs opened = new OpenBlobs();

	private final AtomicLong begun = new AtomicLong();

	/**
	 * The blobs in a directory.
	 * @param directory the directory
	 * @param newFile how the files are made that they come in by
	 * @param ledger is told what they take
	 * @param clock says when they are used
	 */
	public BlobFiles(StoreDirectory directory, NewFile newFile, BlobLedger ledger, InstantSource clock) {
		this.directory = directory;
		this.newFile = newFile;
		this.ledger = ledger;
		this.clock = clock;
	}

	/**
	 * Opens a blob, which counts as a use of it.
	 * @param digest its digest
	 * @return the blob, for the caller to release; empty if it isn't held
	 * @throws IOException if it can't be opened
	 */
	public Optional<StoredBlob> open(Digest digest) throws IOException {
		Optional<OpenBlobs.Open> open = this.opened.open(digest, () -> openFile(digest));
		open.ifPresent((it) -> it.use().at(this.clock.millis()));
		return open.map((it) -> new StoredBlob(it.file(), it.length()));
	}

	private Optional<OpenBlobs.Open> openFile(Digest digest) throws IOException {
		Optional<HeldBlob> blob = look(digest);
		if (blob.isEmpty()) {
			return Optional.empty();
		}
		try {
			FileChannel channel = FileChannel.open(file(digest),
					Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
			return Optional.of(new OpenBlobs.Open(new SharedFile(channel), channel.size(),
					new LastUse(file(digest), blob.get().used())));
		}
		catch (NoSuchFileException ex) {
			return Optional.empty();
		}
	}

	/**
	 * Looks at a blob, which is no use of it.
	 * @param digest its digest
	 * @return what the directory says; empty if it isn't held
	 * @throws IOException if the disk fails
	 */
	public Optional<HeldBlob> look(Digest digest) throws IOException {
		return HeldBlob.at(file(digest), digest);
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
		return Incoming.in(this.directory.incoming(), this.begun.getAndIncrement(), this.newFile);
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
		Shard shard = Shard.of(digest);
		files.makeDirectory(shard.parent(this.directory.blobs()));
		files.makeDirectory(shard.in(this.directory.blobs()));
		incoming.sync();
		Runnable takingBack = this.opened.add(digest, new OpenBlobs.Open(incoming.bytes(), incoming.length(),
				new LastUse(file(digest), this.clock.millis())));
		this.ledger.changing(digest);
		long change = 0;
		boolean kept = false;
		try {
			long replaced = look(digest).map(HeldBlob::blocks).orElse(0L);
			incoming.keepAs(file(digest), files);
			change = Blocks.of(incoming.length()) - replaced;
			kept = true;
		}
		finally {
			this.ledger.changed(digest, change);
			if (!kept) {
				takingBack.run();
			}
		}
	}

	/**
	 * Drops a blob; who reads it goes on reading.
	 * @param digest its digest
	 * @throws IOException if the disk fails
	 */
	public void drop(Digest digest) throws IOException {
		SharedFile readers = this.opened.leave(digest);
		try {
			remove(digest, readers);
		}
		finally {
			this.opened.left(digest);
		}
	}

	/**
	 * Drops a blob, unless it is being read or has been used meanwhile.
	 * @param blob what a look at it showed
	 * @return whether it is gone by this
	 * @throws IOException if the disk fails
	 */
	public boolean evict(HeldBlob blob) throws IOException {
		if (!this.opened.leaveUnread(blob.digest())) {
			return false;
		}
		try {
			return look(blob.digest()).equals(Optional.of(blob)) && remove(blob.digest(), null);
		}
		finally {
			this.opened.left(blob.digest());
		}
	}

	private boolean remove(Digest digest, @Nullable SharedFile readers) throws IOException {
		this.ledger.changing(digest);
		long freed = 0;
		try {
			long blocks = look(digest).map(HeldBlob::blocks).orElse(0L);
			boolean removed = Files.deleteIfExists(file(digest));
			freed = removed ? blocks : 0;
			return removed;
		}
		finally {
			linger(readers, freed);
			this.ledger.changed(digest, -freed);
		}
	}

	private void linger(@Nullable SharedFile readers, long bytes) {
		if (readers != null) {
			this.ledger.lingering(bytes);
			readers.whenClosed(() -> this.ledger.gone(bytes));
		}
	}

	private Path file(Digest digest) {
		return Shard.of(digest).in(this.directory.blobs()).resolve(digest.hex());
	}

}
