package dev.sluice.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a store's files take while they come and go: never more than they did at one
 * moment. A file counts if two looks in a row show it, with what the first saw in it, for
 * files only grow.
 */
final class DiskUsage {

	private DiskUsage() {
	}

	static long of(Path root) {
		Map<String, Long> before = look(root);
		Map<String, Long> after = look(root);
		return before.entrySet()
			.stream()
			.filter((file) -> after.containsKey(file.getKey()))
			.mapToLong(Map.Entry::getValue)
			.sum();
	}

	private static Map<String, Long> look(Path root) {
		Map<String, Long> files = new HashMap<>();
		Stream.of("incoming", "blobs/sha256")
			.map(root::resolve)
			.flatMap(DiskUsage::entries)
			.flatMap((path) -> Files.isDirectory(path) ? entries(path) : Stream.of(path))
			.forEach((path) -> attributes(path)
				.ifPresent((file) -> files.put(file.fileKey() + " " + file.creationTime(), file.size())));
		return files;
	}

	private static Stream<Path> entries(Path directory) {
		if (!Files.isDirectory(directory)) {
			return Stream.empty();
		}
		try (Stream<Path> entries = Files.list(directory)) {
			return entries.toList().stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Optional<BasicFileAttributes> attributes(Path path) {
		try {
			return Optional.of(Files.readAttributes(path, BasicFileAttributes.class));
		}
		catch (NoSuchFileException _) {
			return Optional.empty();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
