package dev.sluice.settings;

import java.nio.file.Path;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The user's home directory, for {@code ~} in settings.
 */
public final class Home {

	private Home() {
	}

	public static Path directory() {
		return directory(System.getenv());
	}

	/**
	 * The home directory as shells, Docker and Podman have it: what {@code HOME} says,
	 * and what the system knows of the user only where it says nothing.
	 * @param variables the environment variables
	 * @return the directory
	 */
	public static Path directory(Map<String, String> variables) {
		String home = variables.getOrDefault("HOME", "");
		return Path.of(home.isBlank() ? System.getProperty("user.home") : home);
	}

	/**
	 * Puts the home directory in place of a leading {@code ~}.
	 * @param path a path as configured, or null
	 * @return the path, or null
	 */
	public static @Nullable Path expand(@Nullable Path path) {
		return (path != null) ? expanded(path) : null;
	}

	/**
	 * Puts the home directory in place of a leading {@code ~}.
	 * @param path a path as configured
	 * @return the path
	 */
	public static Path expanded(Path path) {
		return expanded(path, directory());
	}

	/**
	 * Puts a home directory in place of a leading {@code ~}.
	 * @param path a path as configured
	 * @param home the home directory
	 * @return the path
	 */
	public static Path expanded(Path path, Path home) {
		return path.startsWith("~") ? home.resolve(Path.of("~").relativize(path)) : path;
	}

}
