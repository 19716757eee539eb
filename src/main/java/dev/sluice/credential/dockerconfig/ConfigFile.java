package dev.sluice.credential.dockerconfig;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * A file that is read again when it has changed: written in place, replaced by rename, or
 * reached by symlinks that were swapped. Attributes are looked at first; because they can
 * miss a change (the clock of a file system may be coarse), the content is compared at
 * least every three seconds too. Where the path is a directory, its {@code config.json}
 * is meant. Blocking; not thread-safe.
 */
final class ConfigFile {

	static final int SIZE_LIMIT = 1 << 20;

	private static final Duration FULL_READ_EVERY = Duration.ofSeconds(3);

	private final Path path;

	private final InstantSource clock;

	private @Nullable Seen seen;

	ConfigFile(Path path, InstantSource clock) {
		this.path = path;
		this.clock = clock;
	}

	/** What a look at the file showed. */
	sealed interface Reading {

		/** The same as at the last look. */
		record Unchanged() implements Reading {
		}

		/** There is no such file. */
		record Absent() implements Reading {
		}

		/** There is one, and nothing in it: perhaps the moment before it is written. */
		record Empty() implements Reading {
		}

		/**
		 * There is one, but it can't be read.
		 *
		 * @param cause why, as the rest of a sentence that begins with the file's name
		 */
		record Unreadable(String cause) implements Reading {
		}

		/**
		 * New content.
		 *
		 * @param bytes the whole content; not to be changed
		 */
		@SuppressWarnings("ArrayRecordComponent")
		record Content(byte[] bytes) implements Reading {
		}

	}

	/**
	 * Looks at the file.
	 * @return what has become of it since the last call
	 */
	Reading read() {
		try {
			return readIfChanged();
		}
		catch (NoSuchFileException ex) {
			this.seen = null;
			return new Reading.Absent();
		}
		catch (IOException ex) {
			return unreadable("can't be read (" + ReadFault.cause(file(), ex) + ")");
		}
	}

	/**
	 * The file itself, for messages.
	 * @return the path, or that of {@code config.json} in it
	 */
	Path file() {
		return Files.isDirectory(this.path) ? this.path.resolve("config.json") : this.path;
	}

	private Reading readIfChanged() throws IOException {
		Path file = file();
		BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
		if (!attributes.isRegularFile()) {
			return unreadable("is no regular file");
		}
		Fingerprint fingerprint = Fingerprint.of(file, attributes);
		Instant now = this.clock.instant();
		Seen before = this.seen;
		if (before != null && before.isFresh(fingerprint, now)) {
			return new Reading.Unchanged();
		}
		byte[] bytes = content(file);
		if (bytes.length > SIZE_LIMIT) {
			return unreadable("is larger than 1 MiB");
		}
		if (isBlank(bytes)) {
			this.seen = null;
			return new Reading.Empty();
		}
		this.seen = new Seen(fingerprint, now, bytes);
		return (before != null && Arrays.equals(before.content(), bytes)) ? new Reading.Unchanged()
				: new Reading.Content(bytes);
	}

	private static byte[] content(Path file) throws IOException {
		try (InputStream input = Files.newInputStream(file)) {
			return input.readNBytes(SIZE_LIMIT + 1);
		}
	}

	private static boolean isBlank(byte[] bytes) {
		for (byte each : bytes) {
			if (" \t\r\n".indexOf(each) < 0) {
				return false;
			}
		}
		return true;
	}

	private Reading unreadable(String cause) {
		this.seen = null;
		return new Reading.Unreadable(cause);
	}

	/** What tells one state of a file from another without reading it. */
	private record Fingerprint(Path realPath, @Nullable Object key, long size, FileTime modified) {

		private static Fingerprint of(Path file, BasicFileAttributes attributes) throws IOException {
			return new Fingerprint(file.toRealPath(), attributes.fileKey(), attributes.size(),
					attributes.lastModifiedTime());
		}

	}

	/** The last content read, and when. */
	@SuppressWarnings("ArrayRecordComponent")
	private record Seen(Fingerprint fingerprint, Instant at, byte[] content) {

		private boolean isFresh(Fingerprint current, Instant now) {
			boolean recent = !now.isBefore(this.at) && now.isBefore(this.at.plus(FULL_READ_EVERY));
			return recent && this.fingerprint.equals(current);
		}

	}

}
