package dev.sluice.store.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

import dev.sluice.oci.Digest;

/**
 * What the directory says of a blob. Immutable.
 *
 * @param digest its digest
 * @param length bytes in it
 * @param used when it was last used, within an hour, in milliseconds since 1970 by the
 * file system's clock
 */
public record HeldBlob(Digest digest, long length, long used) {

	/**
	 * Looks at a file.
	 * @return nothing if there is none, or something else
	 */
	static Optional<HeldBlob> at(Path file, Digest digest) throws IOException {
		try {
			BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class,
					LinkOption.NOFOLLOW_LINKS);
			return attributes.isRegularFile()
					? Optional.of(new HeldBlob(digest, attributes.size(), attributes.lastModifiedTime().toMillis()))
					: Optional.empty();
		}
		catch (NoSuchFileException ex) {
			return Optional.empty();
		}
	}

	/**
	 * What it takes on disk.
	 * @return bytes
	 */
	public long blocks() {
		return Blocks.of(this.length);
	}

}
