package dev.sluice.store.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file on its way in. One thread appends to it, keeps it or closes it; what is appended
 * may be read by others through {@link #bytes()} from then on, also once it is kept.
 */
public final class Incoming implements AutoCloseable {

	/** By which those that a process left behind are known. */
	static final String ENDING = ".incoming";

	private final Path path;

	private final SharedFile file;

	private long length;

	private boolean kept;

	private Incoming(Path path, SharedFile file) {
		this.path = path;
		this.file = file;
	}

	static Incoming in(Path directory, long number, NewFile newFile) throws IOException {
		Path path = directory.resolve(number + ENDING);
		return new Incoming(path, new SharedFile(newFile.create(path)));
	}

	/**
	 * Appends bytes.
	 * @param bytes the bytes, read to their end
	 * @throws IOException if the disk fails; how many of them are in it isn't known then
	 */
	public void append(ByteBuffer bytes) throws IOException {
		FileChannel channel = this.file.channel();
		while (bytes.hasRemaining()) {
			this.length += channel.write(bytes, this.length);
		}
	}

	/**
	 * What is in it.
	 * @return bytes
	 */
	public long length() {
		return this.length;
	}

	/**
	 * What was appended, for readers.
	 * @return the file, open for as long as anybody holds it
	 */
	public SharedFile bytes() {
		return this.file;
	}

	/** Has all of it on the disk, whatever happens. */
	void sync() throws IOException {
		this.file.channel().force(true);
	}

	/** Gives it its name, once it is synced. */
	void keepAs(Path name, DurableFiles files) throws IOException {
		files.move(this.path, name);
		this.kept = true;
	}

	/** Lets go of it; what wasn't kept is gone. */
	@Override
	public void close() throws IOException {
		try {
			if (!this.kept) {
				Files.deleteIfExists(this.path);
			}
		}
		finally {
			this.file.release();
		}
	}

}
