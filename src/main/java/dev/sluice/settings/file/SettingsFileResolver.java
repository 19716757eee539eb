package dev.sluice.settings.file;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

import dev.sluice.settings.Home;
import dev.sluice.settings.InvalidSettingException;

import org.springframework.boot.context.config.ConfigDataLocation;
import org.springframework.boot.context.config.ConfigDataLocationResolver;
import org.springframework.boot.context.config.ConfigDataLocationResolverContext;

/**
 * Finds the file of Sluice's settings, the location {@code settings:}. It is the one that
 * {@code SLUICE_CONFIG} (or {@code --sluice.config}) names, which has to be there; else
 * {@code sluice.yml} or {@code sluice.yaml} in the working directory, if there is one.
 */
public final class SettingsFileResolver implements ConfigDataLocationResolver<SettingsFile> {

	public static final String PROPERTY = "sluice.config";

	private static final List<String> NAMES = List.of("sluice.yml", "sluice.yaml");

	@Override
	public boolean isResolvable(ConfigDataLocationResolverContext context, ConfigDataLocation location) {
		return location.hasPrefix("settings:");
	}

	/**
	 * Finds it.
	 * @return the file, or nothing
	 * @throws InvalidSettingException if there are two
	 */
	@Override
	public List<SettingsFile> resolve(ConfigDataLocationResolverContext context, ConfigDataLocation location) {
		String named = context.getBinder().bind(PROPERTY, String.class).orElse("");
		if (!named.isBlank()) {
			return List.of(new SettingsFile(path(named)));
		}
		List<Path> present = NAMES.stream()
			.map((name) -> Path.of("").toAbsolutePath().resolve(name))
			.filter((path) -> Files.exists(path, LinkOption.NOFOLLOW_LINKS))
			.toList();
		if (present.size() > 1) {
			throw new InvalidSettingException(
					present.getFirst() + " and " + present.getLast() + " are both there: only one of them may be");
		}
		return present.stream().map(SettingsFile::new).toList();
	}

	private static Path path(String named) {
		try {
			return Home.expanded(Path.of(named.strip())).toAbsolutePath();
		}
		catch (InvalidPathException ex) {
			throw new InvalidSettingException(PROPERTY, named, "expected the path of a file");
		}
	}

}
