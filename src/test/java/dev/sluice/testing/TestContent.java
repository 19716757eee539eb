package dev.sluice.testing;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Content of a registry: bytes and the digests that name them. Each digest is computed
 * once, when first asked for. Thread-safe.
 */
public final class TestContent {

	private static final Map<String, String> ALGORITHMS = Map.of("sha256", "SHA-256", "sha512", "SHA-512");

	private final ByteSource source;

	private final Map<String, String> digests = new ConcurrentHashMap<>();

	private TestContent(ByteSource source) {
		this.source = source;
	}

	/** Content with exactly these bytes. */
	public static TestContent of(ByteSource source) {
		return new TestContent(source);
	}

	/** Content with the UTF-8 bytes of {@code text}. */
	public static TestContent of(String text) {
		return of(ByteSource.of(text));
	}

	/** Content of {@code size} bytes, generated on the fly; equal for an equal seed. */
	public static TestContent generated(long size, long seed) {
		return of(new GeneratedBytes(size, seed));
	}

	/** Content of {@code size} bytes that no other content has. */
	public static TestContent random(long size) {
		return generated(size, ThreadLocalRandom.current().nextLong());
	}

	/** The bytes. */
	public ByteSource source() {
		return this.source;
	}

	/** All bytes; for content that is known to be small. */
	public byte[] bytes() {
		return this.source.bytes();
	}

	/** The number of bytes. */
	public long size() {
		return this.source.size();
	}

	/** The digest by which registries name the content unless told otherwise: sha256. */
	public String digest() {
		return digest("sha256");
	}

	/** The sha512 digest, {@code sha512:<hex>}. */
	public String sha512() {
		return digest("sha512");
	}

	/**
	 * The digest by {@code algorithm}.
	 * @param algorithm {@code sha256} or {@code sha512}
	 */
	public String digest(String algorithm) {
		return this.digests.computeIfAbsent(algorithm, this::compute);
	}

	private String compute(String algorithm) {
		try {
			MessageDigest digest = MessageDigest.getInstance(ALGORITHMS.getOrDefault(algorithm, algorithm));
			for (long offset = 0; offset < size(); offset += ByteSource.CHUNK) {
				digest.update(this.source.read(offset, (int) Math.min(ByteSource.CHUNK, size() - offset)));
			}
			return algorithm + ":" + HexFormat.of().formatHex(digest.digest());
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalArgumentException(algorithm, ex);
		}
	}

	@Override
	public String toString() {
		return digest() + " (" + size() + " bytes)";
	}

}
