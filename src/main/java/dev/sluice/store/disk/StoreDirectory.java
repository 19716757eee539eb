package dev.sluice.store.disk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The store's directory. It holds a {@code layout} file with the version of what is in
 * it, a {@code lock} file, {@code size}, {@code blobs/} and {@code incoming/}; whatever
 * else is there belongs to others and is left alone. Of one process at a time.
 * Thread-safe.
 */
public final class StoreDirectory implements AutoCloseable {

	private static final String LAYOUT = "sluice-store 1\n";

	/** No layout of ours is as long. */
	private static final int LONGEST_LAYOUT = 64;

	private final Path root;

	private final StoreLock lock;

	private final DurableFiles files = new DurableFiles();

	private StoreDirectory(Path root, StoreLock lock) {
		this.root = root;
		this.lock = lock;
	}

	/**
	 * Opens a directory, and makes it if it isn't there. What was on its way in when the
	 * last process ended is gone then.
	 * @param path the directory
	 * @param patience how long to wait for another process that has it
	 * @return the directory, this process' own until it is closed
	 * @throws StoreUnusableException if it can't be a store
	 * @throws InterruptedException if the thread is interrupted while it waits
	 */
	public static StoreDirectory open(Path path, Duration patience)
			throws StoreUnusableException, InterruptedException {
		try {
			Path root = PrivateFiles.makeRoot(path);
			StoreLock lock = StoreLock.take(root.resolve("lock"), patience);
			if (lock == null) {
				throw new StoreUnusableException.InUse("the store " + root
						+ " is in use by another process: give each Sluice a directory of its own (sluice.store.path)");
			}
			return opened(new StoreDirectory(root, lock));
		}
		catch (IOException ex) {
			throw new StoreUnusableException("the store " + path + " can't be used: " + DiskFault.reason(ex)
					+ ": let this user write there, or set sluice.store.path to another directory");
		}
	}

	private static StoreDirectory opened(StoreDirectory directory) throws IOException, StoreUnusableException {
		boolean opened = false;
		try {
			directory.checkLayout();
			directory.files.makeDirectory(directory.blobs());
			directory.files.makeDirectory(directory.incoming());
			directory.files.makeDirectory(directory.links());
			directory.emptyIncoming();
			opened = true;
			return directory;
		}
		finally {
			if (!opened) {
				directory.close();
			}
		}
	}

	/** What was there before ours isn't ours. */
	private void checkLayout() throws IOException, StoreUnusableException {
		Path layout = this.root.resolve("layout");
		if (Files.exists(layout, LinkOption.NOFOLLOW_LINKS)) {
			if (!LAYOUT.equals(read(layout))) {
				throw new StoreUnusableException("the store " + this.root
						+ " was made by another version of Sluice: empty it, or give this one a directory of its own"
						+ " (sluice.store.path)");
			}
		}
		else if (isThere(blobs()) || isThere(incoming()) || isThere(links())) {
			throw new StoreUnusableException("the directory " + this.root
					+ " holds what Sluice didn't put there: give it a directory of its own (sluice.store.path)");
		}
		else {
			this.files.write(layout, LAYOUT.getBytes(StandardCharsets.US_ASCII));
		}
	}

	private static String read(Path layout) throws IOException {
		if (!Files.isRegularFile(layout, LinkOption.NOFOLLOW_LINKS) || Files.size(layout) > LONGEST_LAYOUT) {
			return "";
		}
		return Files.readString(layout, StandardCharsets.ISO_8859_1);
	}

	private static boolean isThere(Path file) {
		return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
	}

	private void emptyIncoming() throws IOException {
		try (DirectoryStream<Path> left = Files.newDirectoryStream(incoming(), "*" + Incoming.ENDING)) {
			for (Path file : left) {
				Files.delete(file);
			}
		}
	}

	/** Blobs by their digests, whole and verified. */
	Path blobs() {
		return this.root.resolve("blobs");
	}

	/** Files on their way in. */
	Path incoming() {
		return this.root.resolve("incoming");
	}

	/** Which repository may serve which blob. */
	Path links() {
		return this.root.resolve("links");
	}

	/**
	 * How much all of it takes, as the last process left it.
	 * @return where that is kept
	 */
	public KeptTotal total() {
		return new KeptTotal(this.root.resolve("size"));
	}

	/**
	 * How much its file system has left for us. Blocks.
	 * @return bytes; all there can be where the file system doesn't tell, and none where
	 * it fails
	 */
	public long usableSpace() {
		try {
			FileStore disk = Files.getFileStore(this.root);
			return (disk.getTotalSpace() > 0) ? disk.getUsableSpace() : Long.MAX_VALUE;
		}
		catch (IOException _) {
			return 0;
		}
	}

	/** How files get their names in it. */
	DurableFiles files() {
		return this.files;
	}

	@Override
	public String toString() {
		return this.root.toString();
	}

	/** Leaves the directory to others. */
	@Override
	public void close() throws IOException {
		this.lock.close();
	}

}
