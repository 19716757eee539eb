package dev.sluice.wiring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import dev.sluice.credential.dockerconfig.AuthJsonLocations;
import dev.sluice.credential.dockerconfig.DockerConfigLocation;
import dev.sluice.settings.Home;
import dev.sluice.settings.SluiceProperties;

/**
 * Which credential files are read: those that are named, else the user's own.
 */
public final class CredentialFiles {

	private static final Path THIS_PROCESS = Path.of("/proc/self");

	private CredentialFiles() {
	}

	/**
	 * Finds them.
	 * @param named those that are named in the settings
	 * @param environment the environment variables
	 * @param home the user's home directory
	 * @return the files in order, whether they exist or not
	 */
	public static List<Path> paths(SluiceProperties.Credentials named, Map<String, String> environment, Path home) {
		List<Path> paths = new ArrayList<>();
		if (named.authJson() == null && named.dockerConfig() == null) {
			paths.addAll(AuthJsonLocations.of(environment, home, userId()).paths());
			paths.add(DockerConfigLocation.of(environment, home).path());
			paths.add(home.resolve(".dockercfg"));
		}
		else {
			paths.addAll(Optional.ofNullable(named.authJson()).orElse(List.of()));
			paths.addAll(Optional.ofNullable(named.dockerConfig()).orElse(List.of()));
		}
		return paths.stream().map((path) -> Home.expanded(path, home)).distinct().toList();
	}

	private static OptionalInt userId() {
		try {
			return OptionalInt.of((int) Files.getAttribute(THIS_PROCESS, "unix:uid"));
		}
		catch (IOException | UnsupportedOperationException | IllegalArgumentException ex) {
			return OptionalInt.empty();
		}
	}

}
