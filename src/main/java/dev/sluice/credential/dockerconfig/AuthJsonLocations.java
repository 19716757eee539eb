package dev.sluice.credential.dockerconfig;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Where Podman, Buildah and skopeo keep their logins (containers-auth.json(5)):
 * {@code $REGISTRY_AUTH_FILE} alone if it is set, else
 * {@code $XDG_RUNTIME_DIR/containers/auth.json} ({@code /run/containers/<uid>/auth.json}
 * without that variable), then {@code $XDG_CONFIG_HOME/containers/auth.json}
 * ({@code ~/.config/…}). Immutable.
 *
 * @param paths the files in order, whether they exist or not
 */
public record AuthJsonLocations(List<Path> paths) {

	private static final Path FILE = Path.of("containers", "auth.json");

	public AuthJsonLocations {
		paths = List.copyOf(paths);
	}

	/**
	 * Finds the default locations.
	 * @param environment the environment variables; an empty one counts as unset
	 * @param home the user's home directory
	 * @param userId the number of the user, if there is one
	 * @return the locations
	 */
	public static AuthJsonLocations of(Map<String, String> environment, Path home, OptionalInt userId) {
		Path file = path(environment, "REGISTRY_AUTH_FILE");
		if (file != null) {
			return new AuthJsonLocations(List.of(file));
		}
		Path runtime = path(environment, "XDG_RUNTIME_DIR");
		Path config = Objects.requireNonNullElse(path(environment, "XDG_CONFIG_HOME"), home.resolve(".config"));
		Stream<Path> first = (runtime != null) ? Stream.of(runtime.resolve(FILE))
				: userId.stream().mapToObj((id) -> Path.of("/run/containers", Integer.toString(id), "auth.json"));
		return new AuthJsonLocations(Stream.concat(first, Stream.of(config.resolve(FILE))).toList());
	}

	private static @Nullable Path path(Map<String, String> environment, String name) {
		String value = environment.getOrDefault(name, "");
		return value.isEmpty() ? null : Path.of(value);
	}

}
