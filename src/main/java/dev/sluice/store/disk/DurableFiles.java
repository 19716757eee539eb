package dev.sluice.store.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicBoolean;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Names files so that a power cut leaves all or nothing: what a file holds is synced
 * before it gets its name, and the directory after that. Thread-safe.
 */
final class DurableFiles {

	private static final Logger LOG = LoggerFactory.getLogger(DurableFiles.class);

	private final AtomicBoolean told = new AtomicBoolean();

	/**
	 * Writes a small file.
	 * @param file its name
	 * @param content what it holds from then on
	 * @throws IOException if it can't be written
	 */
	void write(Path file, byte[] content) throws IOException {
		Path written = file.resolveSibling(file.getFileName() + ".new");
		Files.deleteIfExists(written);
		try (FileChannel channel = PrivateFiles.create(written)) {
			ByteBuffer left = ByteBuffer.wrap(content);
			while (left.hasRemaining()) {
				channel.write(left);
			}
			channel.force(true);
		}
		move(written, file);
	}

	/**
	 * Gives a file that is synced its name, in place of whatever had it.
	 * @param from the file
	 * @param to its name, in the same file system
	 * @throws IOException if it can't be moved; a directory that can't be synced is told
	 * of once
	 */
	void move(Path from, Path to) throws IOException {
		Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
		syncParent(to);
	}

	/**
	 * Makes a directory, unless it is there.
	 * @param directory the directory, whose parent is there
	 * @throws IOException if it can't be made
	 */
	void makeDirectory(Path directory) throws IOException {
		if (PrivateFiles.makeDirectory(directory)) {
			syncParent(directory);
		}
	}

	private void syncParent(Path named) {
		Path directory = named.resolveSibling("");
		try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
			channel.force(true);
		}
		catch (IOException ex) {
			if (this.told.compareAndSet(false, true)) {
				LOG.warn("{}: this file system can't sync a directory ({}): after a power cut what came last may be"
						+ " missing", directory, ex.getMessage());
			}
		}
	}

}
