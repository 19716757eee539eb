package dev.sluice.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A volume with a secret of Kubernetes, written as a kubelet does: each generation in a
 * directory of its own, the symlink {@code ..data} swapped to it by a rename, each key a
 * symlink through that one, the old generation deleted. Not thread-safe.
 */
public final class SecretMount {

	private final Path directory;

	private int generation;

	private SecretMount(Path directory) {
		this.directory = directory;
	}

	/** A volume at this path, which is made if it isn't there, without any key. */
	public static SecretMount at(Path directory) {
		try {
			Files.createDirectories(directory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return new SecretMount(directory);
	}

	/** The secret holds this from now on, and nothing else. */
	public SecretMount write(Map<String, String> data) {
		try {
			Path next = Files.createDirectory(this.directory.resolve("..2026_11_21_" + this.generation++));
			for (Map.Entry<String, String> entry : data.entrySet()) {
				Files.writeString(next.resolve(entry.getKey()), entry.getValue());
			}
			swap(next, data);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return this;
	}

	/** The secret holds a {@code .dockerconfigjson} with one login. */
	public SecretMount login(String key, String username, String password) {
		return write(Map.of(".dockerconfigjson", dockerConfig(key, username, password)));
	}

	/** A {@code config.json} with one login. */
	public static String dockerConfig(String key, String username, String password) {
		return "{\"auths\":{\"%s\":{\"username\":\"%s\",\"password\":\"%s\"}}}".formatted(key, username, password);
	}

	private void swap(Path next, Map<String, String> data) throws IOException {
		Path link = this.directory.resolve("..data");
		List<Path> old = Files.exists(link) ? List.of(link.toRealPath()) : List.of();
		Path temporary = Files.createSymbolicLink(this.directory.resolve("..data_tmp"), next.getFileName());
		Files.move(temporary, link, StandardCopyOption.ATOMIC_MOVE);
		for (String key : data.keySet()) {
			if (!Files.isSymbolicLink(this.directory.resolve(key))) {
				Files.createSymbolicLink(this.directory.resolve(key), Path.of("..data", key));
			}
		}
		for (Path child : children(this.directory)) {
			if (!child.getFileName().toString().startsWith("..") && !data.containsKey(child.getFileName().toString())) {
				Files.delete(child);
			}
		}
		for (Path directoryOfOld : old) {
			delete(directoryOfOld);
		}
	}

	private static void delete(Path generation) throws IOException {
		for (Path file : children(generation)) {
			Files.delete(file);
		}
		Files.delete(generation);
	}

	private static List<Path> children(Path directory) throws IOException {
		try (Stream<Path> children = Files.list(directory)) {
			return new ArrayList<>(children.toList());
		}
	}

}
