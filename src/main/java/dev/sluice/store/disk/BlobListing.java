package dev.sluice.store.disk;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

import dev.sluice.oci.Digest;

/**
 * Lists what lies in the directory. What isn't a regular file of a blob's name in its
 * place belongs to others and isn't looked at; symbolic links aren't followed. Holds one
 * entry at a time. Thread-safe; everything blocks.
 */
public final class BlobListing {

	private final StoreDirectory directory;

	/**
	 * The listing of a directory.
	 * @param directory the directory
	 */
	public BlobListing(StoreDirectory directory) {
		this.directory = directory;
	}

	/**
	 * How much is held, as far as that is known before it is listed: an empty directory
	 * holds nothing, whatever the last process said.
	 * @return bytes; empty if nobody knows
	 */
	public OptionalLong known() {
		try {
			return isEmpty() ? OptionalLong.of(0) : this.directory.total().read();
		}
		catch (IOException _) {
			return OptionalLong.empty();
		}
	}

	private boolean isEmpty() throws IOException {
		try (DirectoryStream<Path> entries = Files.newDirectoryStream(this.directory.blobs())) {
			return !entries.iterator().hasNext();
		}
	}

	/**
	 * Lists a shard.
	 * @param shard the shard
	 * @param each gets its blobs, in any order
	 * @return what the directory itself takes on disk; zero if there is none
	 * @throws IOException if the disk fails
	 */
	public long list(Shard shard, Consumer<HeldBlob> each) throws IOException {
		Path path = shard.in(this.directory.blobs());
		if (!isDirectory(shard.parent(this.directory.blobs())) || !isDirectory(path)) {
			return 0;
		}
		try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
			for (Path file : files) {
				blob(shard, file).ifPresent(each);
			}
			return Blocks.of(Files.size(path));
		}
		catch (NoSuchFileException _) {
			return 0;
		}
		catch (DirectoryIteratorException ex) {
			throw ex.getCause();
		}
	}

	private static Optional<HeldBlob> blob(Shard shard, Path file) throws IOException {
		Optional<Digest> digest = Digest.tryParse(shard.label() + ":" + file.getFileName())
			.filter((it) -> Shard.of(it).equals(shard));
		return digest.isPresent() ? HeldBlob.at(file, digest.get()) : Optional.empty();
	}

	private static boolean isDirectory(Path path) {
		return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
	}

}
