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
		if (path == null || !path.startsWith("~")) {
			return path;
		}
		return directory().resolve(Path.of("~").relativize(path));
	}

}
