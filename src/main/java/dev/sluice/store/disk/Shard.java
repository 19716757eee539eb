package dev.sluice.store.disk;

import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.sluice.oci.Digest;

/**
 * One of the directories that blobs lie in, so that none gets too large for any file
 * system. Immutable.
 *
 * @param algorithm the algorithm of its blobs' digests
 * @param number what the first two digits of them say
 */
public record Shard(Digest.Algorithm algorithm, int number) {

	private static final int EACH = 256;

	/** How many there may be. */
	public static final int COUNT = EACH * Digest.Algorithm.values().length;

	/**
	 * Where a blob lies.
	 * @param digest its digest
	 * @return its shard
	 */
	public static Shard of(Digest digest) {
		return new Shard(digest.algorithm(), HexFormat.fromHexDigits(digest.hex(), 0, 2));
	}

	/**
	 * All there may be.
	 * @return the shards in the order of their indexes
	 */
	public static List<Shard> all() {
		return Stream.of(Digest.Algorithm.values())
			.flatMap((algorithm) -> IntStream.range(0, EACH).mapToObj((number) -> new Shard(algorithm, number)))
			.toList();
	}

	/**
	 * Its place among all.
	 * @return a number below {@link #COUNT}
	 */
	public int index() {
		return List.of(Digest.Algorithm.values()).indexOf(this.algorithm) * EACH + this.number;
	}

	/** The directory above it. */
	Path parent(Path blobs) {
		return blobs.resolve(label());
	}

	Path in(Path blobs) {
		return parent(blobs).resolve(HexFormat.of().toHexDigits((byte) this.number));
	}

	String label() {
		return this.algorithm.name().toLowerCase(Locale.ROOT);
	}

}
