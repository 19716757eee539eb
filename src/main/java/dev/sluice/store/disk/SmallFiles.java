package dev.sluice.store.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * Small files by their names, in directories by the first two letters of those. Each is
 * there as it was written or not at all; none is synced, so that a power cut may take
 * what came last. Thread-safe; blocks as the disk does.
 */
public final class SmallFiles {

	/** Bytes of the largest. */
	public static final int LONGEST = 4096;

	private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}");

	private final StoreDirectory directory;

	private final Path root;

	private final AtomicLong written = new AtomicLong();

	/**
	 * The small files of a store.
	 * @param directory the store's directory, in whose {@code links} they are
	 */
	public SmallFiles(StoreDirectory directory) {
		this.directory = directory;
		this.root = directory.links();
	}

	/**
	 * Reads a file.
	 * @param name its name, lower-case letters and digits
	 * @return what is in it; empty if there is none, or one that isn't ours
	 * @throws IOException if it can't be read
	 */
	public Optional<byte[]> read(String name) throws IOException {
		try (FileChannel file = FileChannel.open(path(name),
				Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
			ByteBuffer content = ByteBuffer.allocate(LONGEST + 1);
			int count = 0;
			while (count >= 0 && content.hasRemaining()) {
				count = file.read(content);
			}
			return content.hasRemaining() ? Optional.of(Arrays.copyOf(content.array(), content.position()))
					: Optional.empty();
		}
		catch (NoSuchFileException ex) {
			return Optional.empty();
		}
	}

	/**
	 * Writes a file, in place of one of that name.
	 * @param name its name
	 * @param content what it holds from then on, {@value #LONGEST} bytes at most
	 * @throws IOException if it can't be written
	 */
	public void write(String name, byte[] content) throws IOException {
		Path file = path(name);
		PrivateFiles.makeDirectory(file.resolveSibling(""));
		Path written = this.directory.incoming().resolve("link" + this.written.getAndIncrement() + Incoming.ENDING);
		try (FileChannel channel = PrivateFiles.create(written)) {
			ByteBuffer left = ByteBuffer.wrap(content);
			while (left.hasRemaining()) {
				channel.write(left);
			}
			Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
		}
		finally {
			Files.deleteIfExists(written);
		}
	}

	/**
	 * Removes a file, if it is there.
	 * @param name its name
	 * @throws IOException if it can't be removed
	 */
	public void remove(String name) throws IOException {
		Files.deleteIfExists(path(name));
	}

	/**
	 * Goes through all files whose names are hexadecimal, in any order, and one directory
	 * after the other. What comes or goes meanwhile may be missed.
	 * @param visitor is shown each
	 * @throws IOException the visitor's, or if the disk fails
	 */
	public void each(Visitor visitor) throws IOException {
		try (DirectoryStream<Path> shards = Files.newDirectoryStream(this.root, "[0-9a-f][0-9a-f]")) {
			for (Path shard : shards) {
				if (Files.isDirectory(shard, LinkOption.NOFOLLOW_LINKS)) {
					each(shard, visitor);
				}
			}
		}
		catch (DirectoryIteratorException ex) {
			throw ex.getCause();
		}
	}

	private static void each(Path shard, Visitor visitor) throws IOException {
		try (DirectoryStream<Path> files = Files.newDirectoryStream(shard)) {
			for (Path file : files) {
				String name = file.getFileName().toString();
				if (NAME.matcher(name).matches() && name.startsWith(shard.getFileName().toString())) {
					visit(file, visitor);
				}
			}
		}
	}

	private static void visit(Path file, Visitor visitor) throws IOException {
		try {
			BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class,
					LinkOption.NOFOLLOW_LINKS);
			if (attributes.isRegularFile()) {
				visitor.visit(new SmallFile(file.getFileName().toString(), attributes.lastModifiedTime().toMillis()));
			}
		}
		catch (NoSuchFileException _) {
			// it has gone meanwhile
		}
	}

	/**
	 * A file.
	 *
	 * @param name its name
	 * @param written when it was, in milliseconds since 1970
	 */
	public record SmallFile(String name, long written) {
	}

	/**
	 * Looks at files.
	 */
	@FunctionalInterface
	public interface Visitor {

		/**
		 * Looks at a file.
		 * @param file the file, which may be removed
		 * @throws IOException if the disk fails
		 */
		void visit(SmallFile file) throws IOException;

	}

	private Path path(String name) {
		return this.root.resolve(name.substring(0, 2)).resolve(name);
	}

}
