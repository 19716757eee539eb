package dev.sluice;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Reads a file of settings whole, and says in one line why it can't be.
 */
final class SettingsText {

	/** As much as the YAML parser takes, and far more than people write. */
	private static final int LARGEST = 3 * 1024 * 1024;

	private SettingsText() {
	}

	/**
	 * Reads it.
	 * @param file the file
	 * @return its bytes
	 * @throws SettingsFileException if it can't be read
	 */
	static byte[] read(Path file) {
		if (Files.isDirectory(file)) {
			throw new SettingsFileException("settings file " + file + ": it is a directory; name the file in it"
					+ " (a container's runtime makes a directory where the file to be mounted doesn't exist)");
		}
		try (InputStream stream = Files.newInputStream(file)) {
			byte[] bytes = stream.readNBytes(LARGEST + 1);
			if (bytes.length > LARGEST) {
				throw new SettingsFileException("settings file " + file + ": it is larger than 3 MiB");
			}
			return bytes;
		}
		catch (IOException ex) {
			throw new SettingsFileException("settings file " + file + ": " + reason(file, ex));
		}
	}

	private static String reason(Path file, IOException failure) {
		return switch (failure) {
			case NoSuchFileException _ -> Files.exists(file, LinkOption.NOFOLLOW_LINKS)
					? "it is a link that leads nowhere" : "there is no such file" + instead(file);
			case AccessDeniedException _ ->
				"user " + System.getProperty("user.name") + " may not read it; mend its mode or its owner";
			default -> "it can't be read";
		};
	}

	private static String instead(Path file) {
		String name = String.valueOf(file.getFileName());
		String other = name.endsWith(".yml") ? name.replaceFirst("yml$", "yaml") : name.replaceFirst("yaml$", "yml");
		return !other.equals(name) && Files.exists(file.resolveSibling(other)) ? "; there is " + other : "";
	}

}
