package dev.sluice.credential.dockerconfig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * Who may read a file, as a container's user sees it: by number, for the host's names
 * mean nothing there. Only on Linux. Immutable.
 *
 * @param path the file or directory
 * @param uid its owner
 * @param permissions such as {@code rw-------}
 * @param reader the user that Sluice runs as
 */
record FileOwner(Path path, int uid, String permissions, int reader) {

	private static final Path OWN_PROCESS = Path.of("/proc/self");

	/**
	 * Finds whose file denies access: its own permissions, or its directory's.
	 * @param file the file that can't be read
	 * @return its owner, empty where the system doesn't say
	 */
	static Optional<FileOwner> denying(Path file) {
		Optional<FileOwner> owner = of(file);
		Path directory = file.getParent();
		return (owner.isEmpty() && directory != null) ? of(directory) : owner;
	}

	private static Optional<FileOwner> of(Path path) {
		try {
			PosixFileAttributes attributes = Files.readAttributes(path, PosixFileAttributes.class);
			return Optional.of(new FileOwner(path, uid(path), PosixFilePermissions.toString(attributes.permissions()),
					uid(OWN_PROCESS)));
		}
		catch (IOException | UnsupportedOperationException _) {
			return Optional.empty();
		}
	}

	private static int uid(Path path) throws IOException {
		return (int) Files.getAttribute(path, "unix:uid");
	}

	@Override
	public String toString() {
		return this.path + " is " + this.permissions + " and belongs to uid " + this.uid + ", Sluice runs as uid "
				+ this.reader;
	}

}
