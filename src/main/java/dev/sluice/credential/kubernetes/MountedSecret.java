package dev.sluice.credential.kubernetes;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import dev.sluice.credential.dockerconfig.ReadFault;

/**
 * A secret as a kubelet mounts it: a directory with one file for each key. It is changed
 * by writing a new generation of all files and swapping the symlink {@code ..data} to it;
 * the files of one reading are all of one generation. A directory without that symlink
 * does as well. Blocking.
 */
final class MountedSecret {

	private static final int SIZE_LIMIT = 1 << 20;

	private static final int ATTEMPTS = 5;

	private final Path directory;

	MountedSecret(Path directory) {
		this.directory = directory;
	}

	static boolean isAt(Path directory) {
		return SecretContent.KEYS.stream().anyMatch((key) -> Files.exists(directory.resolve(key)));
	}

	/** Reads it. */
	SecretReading read() {
		try {
			for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
				Optional<Map<String, byte[]>> data = oneGeneration();
				if (data.isPresent()) {
					return reading(data.get());
				}
			}
			return unreadable("it changes faster than it can be read");
		}
		catch (NoSuchFileException ex) {
			return new SecretReading.Absent();
		}
		catch (UnreadableKeyException ex) {
			return unreadable(String.valueOf(ex.getMessage()));
		}
		catch (IOException ex) {
			return unreadable("it can't be read (" + ReadFault.cause(this.directory, ex) + ")");
		}
	}

	/** The files, or empty if they changed meanwhile. */
	private Optional<Map<String, byte[]>> oneGeneration() throws IOException {
		Path generation = generation();
		try {
			Map<String, byte[]> data = data(generation);
			return generation.equals(generation()) ? Optional.of(data) : Optional.empty();
		}
		catch (UnreadableKeyException ex) {
			if (generation.equals(generation())) {
				throw ex;
			}
			return Optional.empty();
		}
	}

	private Path generation() throws IOException {
		Path data = this.directory.resolve("..data");
		return Files.isDirectory(data) ? data.toRealPath() : this.directory.toRealPath();
	}

	private static Map<String, byte[]> data(Path generation) throws UnreadableKeyException {
		Map<String, byte[]> data = new HashMap<>();
		for (String key : SecretContent.KEYS) {
			content(generation.resolve(key)).ifPresent((bytes) -> data.put(key, bytes));
		}
		return data;
	}

	private static Optional<byte[]> content(Path file) throws UnreadableKeyException {
		try {
			if (!Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()) {
				throw new UnreadableKeyException(file, "is no regular file");
			}
			try (InputStream input = Files.newInputStream(file)) {
				byte[] bytes = input.readNBytes(SIZE_LIMIT + 1);
				if (bytes.length > SIZE_LIMIT) {
					throw new UnreadableKeyException(file, "is larger than 1 MiB");
				}
				return Optional.of(bytes);
			}
		}
		catch (NoSuchFileException ex) {
			return Optional.empty();
		}
		catch (UnreadableKeyException ex) {
			throw ex;
		}
		catch (IOException ex) {
			throw new UnreadableKeyException(file, "can't be read (" + ReadFault.cause(file, ex) + ")");
		}
	}

	private SecretReading reading(Map<String, byte[]> data) throws IOException {
		return (data.isEmpty() && !hasFiles()) ? new SecretReading.Absent()
				: new SecretReading.Found(new SecretContent(source(), name(), data));
	}

	private boolean hasFiles() throws IOException {
		try (Stream<Path> children = Files.list(this.directory)) {
			return children.anyMatch(Files::isRegularFile);
		}
	}

	private SecretReading unreadable(String cause) {
		return new SecretReading.Unreadable(source(), cause);
	}

	private String source() {
		return "kubernetes secret " + this.directory;
	}

	private String name() {
		return String.valueOf(this.directory.getFileName());
	}

	/** Says why one of the files can't be read, beginning with its name. */
	private static final class UnreadableKeyException extends IOException {

		private UnreadableKeyException(Path file, String cause) {
			super(file.getFileName() + " " + cause);
		}

	}

}
