package dev.sluice.wiring;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

import dev.sluice.settings.Home;
import org.jspecify.annotations.Nullable;

/**
 * Where the store is. Immutable.
 *
 * @param directory its directory, absolute
 * @param isChosen whether the settings name it
 */
record StorePlace(Path directory, boolean isChosen) {

	/**
	 * Finds it.
	 * @param given what the settings say
	 * @param variables the environment variables
	 * @return the directory, else {@code sluice} in the user's own cache directory (XDG
	 * Base Directory Specification); empty if the user has none
	 */
	static Optional<StorePlace> find(@Nullable Path given, Map<String, String> variables) {
		Path home = Home.directory(variables);
		if (given != null) {
			return Optional.of(new StorePlace(Home.expanded(given, home).toAbsolutePath().normalize(), true));
		}
		Path cache = Path.of(variables.getOrDefault("XDG_CACHE_HOME", ""));
		Path base = cache.isAbsolute() ? cache : home.resolve(".cache");
		return base.isAbsolute() ? Optional.of(new StorePlace(base.resolve("sluice"), false)) : Optional.empty();
	}

}
