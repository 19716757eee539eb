package dev.sluice.credential.kubernetes;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A directory that is one mounted secret, or holds one subdirectory for each. Blocking.
 */
final class SecretDirectory {

	private static final int SECRETS_LIMIT = 256;

	private final Path path;

	SecretDirectory(Path path) {
		this.path = path.toAbsolutePath().normalize();
	}

	Path path() {
		return this.path;
	}

	/**
	 * Reads all secrets.
	 * @return what is there, by id; empty directories are left out
	 * @throws java.nio.file.NoSuchFileException if there is no such directory
	 * @throws IOException if it can't be read
	 */
	Map<String, SecretReading> read() throws IOException {
		List<Path> directories = subdirectories();
		boolean single = directories.isEmpty() || MountedSecret.isAt(this.path);
		Map<String, SecretReading> secrets = new TreeMap<>();
		for (Path directory : single ? List.of(this.path) : directories) {
			SecretReading reading = new MountedSecret(directory).read();
			if (!(reading instanceof SecretReading.Absent)) {
				secrets.put(directory.toString(), reading);
			}
		}
		return secrets;
	}

	private List<Path> subdirectories() throws IOException {
		try (Stream<Path> children = Files.list(this.path)) {
			List<Path> found = children.filter(SecretDirectory::isSubdirectory)
				.limit(SECRETS_LIMIT + 1L)
				.sorted()
				.toList();
			if (found.size() > SECRETS_LIMIT) {
				throw new FileSystemException(this.path.toString(), null,
						"more than " + SECRETS_LIMIT + " subdirectories");
			}
			return found;
		}
	}

	/** Those that begin with two dots are a kubelet's own. */
	private static boolean isSubdirectory(Path child) {
		return !String.valueOf(child.getFileName()).startsWith("..") && Files.isDirectory(child);
	}

}
