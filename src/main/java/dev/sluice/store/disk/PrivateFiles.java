package dev.sluice.store.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Makes and opens files that are the store's alone: nobody else may read them, where the
 * file system knows of permissions, and a symbolic link is never followed.
 */
final class PrivateFiles {

	private static final boolean HAS_PERMISSIONS = FileSystems.getDefault()
		.supportedFileAttributeViews()
		.contains("posix");

	private PrivateFiles() {
	}

	/**
	 * Makes a directory and those above it, unless it is there, perhaps by a symbolic
	 * link.
	 * @param directory the directory
	 * @return its real path
	 * @throws IOException if it can't be made, or something else is there
	 */
	static Path makeRoot(Path directory) throws IOException {
		return Files.createDirectories(directory, permissions("rwx------")).toRealPath();
	}

	/**
	 * Makes a directory, unless it is there.
	 * @param directory the directory, whose parent is there
	 * @return whether it wasn't there
	 * @throws IOException if it can't be made, or something else is there
	 */
	static boolean makeDirectory(Path directory) throws IOException {
		if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
			return false;
		}
		try {
			Files.createDirectory(directory, permissions("rwx------"));
			return true;
		}
		catch (FileAlreadyExistsException ex) {
			if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
				return false;
			}
			throw ex;
		}
	}

	/**
	 * Makes a file that nobody had.
	 * @param file the file
	 * @return it, to be read and written
	 * @throws IOException if it is there, or can't be made
	 */
	static FileChannel create(Path file) throws IOException {
		return open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE,
				LinkOption.NOFOLLOW_LINKS));
	}

	/**
	 * Opens a file to be written, and makes it if it isn't there.
	 * @param file the file
	 * @return it
	 * @throws IOException if it can't be opened
	 */
	static FileChannel openOrCreate(Path file) throws IOException {
		return open(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
	}

	private static FileChannel open(Path file, Set<? extends OpenOption> options) throws IOException {
		return FileChannel.open(file, options, permissions("rw-------"));
	}

	private static FileAttribute<?>[] permissions(String permissions) {
		return HAS_PERMISSIONS
				? new FileAttribute<?>[] {
						PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)) }
				: new FileAttribute<?>[0];
	}

}
