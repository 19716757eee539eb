package dev.sluice.store.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * How much the store takes, from one process to the next: a small file that is whole or
 * not there, and not synced, for a power cut costs only a count. One thread at a time.
 */
public final class KeptTotal {

	private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}+\n");

	private static final int LONGEST = 19;

	private final Path file;

	KeptTotal(Path file) {
		this.file = file;
	}

	/**
	 * Reads it.
	 * @return bytes; empty if they aren't known
	 */
	public OptionalLong read() {
		try {
			if (!Files.isRegularFile(this.file, LinkOption.NOFOLLOW_LINKS) || Files.size(this.file) > LONGEST) {
				return OptionalLong.empty();
			}
			String text = Files.readString(this.file, StandardCharsets.ISO_8859_1);
			return NUMBER.matcher(text).matches() ? OptionalLong.of(Long.parseLong(text.strip()))
					: OptionalLong.empty();
		}
		catch (IOException _) {
			return OptionalLong.empty();
		}
	}

	/**
	 * Forgets it: what isn't known is better than what is wrong.
	 * @throws IOException if it can't be removed
	 */
	public void forget() throws IOException {
		Files.deleteIfExists(this.file);
	}

	/**
	 * Writes it.
	 * @param bytes how many
	 * @throws IOException if it can't be written
	 */
	public void write(long bytes) throws IOException {
		Path written = this.file.resolveSibling(this.file.getFileName() + ".new");
		Files.deleteIfExists(written);
		try (FileChannel channel = PrivateFiles.create(written)) {
			ByteBuffer left = ByteBuffer.wrap((bytes + "\n").getBytes(StandardCharsets.US_ASCII));
			while (left.hasRemaining()) {
				channel.write(left);
			}
		}
		Files.move(written, this.file, StandardCopyOption.ATOMIC_MOVE);
	}

}
