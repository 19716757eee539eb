package dev.sluice.store.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * How the files are made that blobs come in by. Thread-safe.
 */
@FunctionalInterface
public interface NewFile {

	/** Files that are the store's alone. */
	NewFile PRIVATE = PrivateFiles::create;

	/**
	 * Makes a file that nobody had.
	 * @param file its name
	 * @return it, to be read and written
	 * @throws IOException if it is there, or can't be made
	 */
	FileChannel create(Path file) throws IOException;

}
