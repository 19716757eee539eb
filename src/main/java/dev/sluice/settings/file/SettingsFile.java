package dev.sluice.settings.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.sluice.settings.InvalidSettingException;

import org.springframework.boot.context.config.ConfigDataResource;
import org.springframework.boot.origin.OriginTrackedResource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;

/**
 * A file that settings are read from. Immutable.
 */
public final class SettingsFile extends ConfigDataResource {

	/** As much as a ConfigMap holds, and far more than people write. */
	private static final int LARGEST = 1024 * 1024;

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final Path path;

	private final Duration patience;

	SettingsFile(Path path) {
		this(path, PATIENCE);
	}

	/**
	 * A file.
	 * @param path where it is
	 * @param patience how long what is no plain file may take to give what it has
	 */
	SettingsFile(Path path, Duration patience) {
		this.path = path;
		this.patience = patience;
	}

	/**
	 * A file that Spring Boot was told of.
	 * @param resource where Spring Boot reads settings
	 * @return the file; empty for what is on the class path, which belongs to the
	 * program, and for a variable's text ({@code env:NAME}): they are no files of
	 * settings
	 * @throws InvalidSettingException if it is neither
	 */
	static Optional<SettingsFile> of(Resource resource) throws IOException {
		Resource bare = (resource instanceof OriginTrackedResource tracked) ? tracked.getResource() : resource;
		if (bare instanceof ClassPathResource || bare instanceof ByteArrayResource) {
			return Optional.empty();
		}
		if (!bare.isFile()) {
			throw new InvalidSettingException(
					resource.getDescription() + ": settings are read from files of this machine alone");
		}
		return Optional.of(new SettingsFile(resource.getFile().toPath().toAbsolutePath()));
	}

	public Path path() {
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
		try {
			byte[] bytes = (!Files.exists(this.path) || Files.isRegularFile(this.path)) ? read() : readInTime();
			if (bytes.length > LARGEST) {
				throw refused("it is larger than 1 MiB");
			}
			return bytes;
		}
		catch (IOException ex) {
			throw refused(reason(ex));
		}
	}

	private byte[] read() throws IOException {
		try (InputStream stream = Files.newInputStream(this.path)) {
			return stream.readNBytes(LARGEST + 1);
		}
	}

	/**
	 * A pipe, such as a shell's process substitution, is waited for, but not for ever:
	 * one that nobody writes to, or a terminal, would keep the start from ending. The
	 * thread that waits for it ends with the process.
	 */
	private byte[] readInTime() throws IOException {
		FutureTask<byte[]> reading = new FutureTask<>(this::read);
		Thread.ofPlatform().daemon().name("settings").start(reading);
		try {
			return reading.get(this.patience.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException ex) {
			throw refused("it is no plain file but a pipe or a device, which didn't come to its end within "
					+ this.patience.toSeconds() + " s");
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof IOException failure) ? failure : new IOException(ex.getCause());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw refused("it wasn't read: the start was interrupted");
		}
	}

	/**
	 * Says why it can't be used.
	 * @param problem the reason, with nothing in it of what stands in the file
	 * @return the error
	 */
	public InvalidSettingException refused(String problem) {
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
