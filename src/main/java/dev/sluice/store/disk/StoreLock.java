package dev.sluice.store.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a directory one process' own: a lock of the kernel's, which ends with the process
 * however that ends.
 */
final class StoreLock implements AutoCloseable {

	private static final Logger LOG = LoggerFactory.getLogger(StoreLock.class);

	private static final long LOOK_EVERY_MILLIS = 50;

	private final FileChannel file;

	private StoreLock(FileChannel file) {
		this.file = file;
	}

	/**
	 * Takes the lock.
	 * @param file the file that is locked, made if it isn't there
	 * @param patience how long to wait for a process that has it
	 * @return the lock, or nothing if another process still has it then
	 * @throws IOException if the file can't be opened
	 * @throws InterruptedException if the thread is interrupted meanwhile
	 */
	static @Nullable StoreLock take(Path file, Duration patience) throws IOException, InterruptedException {
		FileChannel channel = PrivateFiles.openOrCreate(file);
		boolean taken = false;
		try {
			taken = lock(file, channel, System.nanoTime() + patience.toNanos());
			return taken ? new StoreLock(channel) : null;
		}
		finally {
			if (!taken) {
				channel.close();
			}
		}
	}

	private static boolean lock(Path file, FileChannel channel, long deadline) throws InterruptedException {
		while (true) {
			try {
				if (tryLock(channel) != null) {
					return true;
				}
			}
			catch (IOException ex) {
				LOG.warn("{}: this file system has no locks ({}): let no other Sluice use the directory", file,
						ex.getMessage());
				return true;
			}
			if (System.nanoTime() >= deadline) {
				return false;
			}
			TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
		}
	}

	/** One of this process' own has it: to us that is another one. */
	private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
		try {
			return channel.tryLock();
		}
		catch (OverlappingFileLockException ex) {
			return null;
		}
	}

	@Override
	public void close() throws IOException {
		this.file.close();
	}

}
