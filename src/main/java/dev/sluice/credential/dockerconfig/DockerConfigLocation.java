package dev.sluice.credential.dockerconfig;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where the Docker CLI keeps its configuration: {@code $DOCKER_CONFIG/config.json}, else
 * {@code ~/.docker/config.json}. Immutable.
 *
 * @param path the file, whether it exists or not
 */
public record DockerConfigLocation(Path path) {

	private static final String FILE = "config.json";

	/**
	 * Finds the default location.
	 * @param environment the environment variables
	 * @param home the user's home directory
	 * @return the location; an empty {@code DOCKER_CONFIG} counts as unset
	 */
	public static DockerConfigLocation of(Map<String, String> environment, Path home) {
		String directory = environment.getOrDefault("DOCKER_CONFIG", "");
		Path path = directory.isEmpty() ? home.resolve(".docker").resolve(FILE) : Path.of(directory).resolve(FILE);
		return new DockerConfigLocation(path);
	}

}
