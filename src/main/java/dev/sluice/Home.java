package dev.sluice;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * The user's home directory, for {@code ~} in settings.
 */
final class Home {

	private Home() {
	}

	static Path directory() {
		return Path.of(System.getProperty("user.home"));
	}

	/**
	 * Puts the home directory in place of a leading {@code ~}.
	 * @param path a path as configured, or null
	 * @return the path, or null
	 */
	static @Nullable Path expand(@Nullable Path path) {
		return (path != null) ? expanded(path) : null;
	}

	/**
	 * Puts the home directory in place of a leading {@code ~}.
	 * @param path a path as configured
	 * @return the path
	 */
	static Path expanded(Path path) {
		return path.startsWith("~") ? directory().resolve(Path.of("~").relativize(path)) : path;
	}

}
