package dev.sluice;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import org.springframework.boot.context.config.ConfigDataResource;

/**
 * A file that settings are read from. Immutable.
 */
final class SettingsFile extends ConfigDataResource {

	/** As much as the YAML parser takes, and far more than people write. */
	private static final int LARGEST = 3 * 1024 * 1024;

	private final Path path;

	SettingsFile(Path path) {
		this.path = path;
	}

	Path path() {
		return this.path;
	}

	/**
	 * Reads it whole.
	 * @return its bytes
	 * @throws InvalidSettingException saying in one line why it can't be read
	 */
	byte[] bytes() {
		if (Files.isDirectory(this.path)) {
			throw refused("it is a directory; name the file in it (a container's runtime makes a directory where the"
					+ " file to be mounted doesn't exist)");
		}
		try (InputStream stream = Files.newInputStream(this.path)) {
			byte[] bytes = stream.readNBytes(LARGEST + 1);
			if (bytes.length > LARGEST) {
				throw refused("it is larger than 3 MiB");
			}
			return bytes;
		}
		catch (IOException ex) {
			throw refused(reason(ex));
		}
	}

	/**
	 * Says why it can't be used.
	 * @param problem the reason, with nothing in it of what stands in the file
	 * @return the error
	 */
	InvalidSettingException refused(String problem) {
		return new InvalidSettingException(this + ": " + problem);
	}

	private String reason(IOException failure) {
		return switch (failure) {
			case NoSuchFileException _ -> Files.exists(this.path, LinkOption.NOFOLLOW_LINKS)
					? "it is a link that leads nowhere" : "there is no such file" + otherEnding();
			case AccessDeniedException _ ->
				"user " + System.getProperty("user.name") + " may not read it; mend its mode or its owner";
			default -> "it can't be read";
		};
	}

	private String otherEnding() {
		String name = String.valueOf(this.path.getFileName());
		String other = name.endsWith(".yml") ? name.replaceFirst("yml$", "yaml") : name.replaceFirst("yaml$", "yml");
		return !other.equals(name) && Files.exists(this.path.resolveSibling(other)) ? "; there is " + other : "";
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof SettingsFile file && file.path.equals(this.path);
	}

	@Override
	public int hashCode() {
		return this.path.hashCode();
	}

	/** How it is called, in errors and as a source of properties. */
	@Override
	public String toString() {
		return "settings file " + this.path;
	}

}
