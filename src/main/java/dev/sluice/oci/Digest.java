package dev.sluice.oci;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The digest of a content, as the image spec's descriptor defines it; sha256 and sha512
 * are known. Immutable.
 *
 * @param algorithm how it was computed
 * @param hex the sum in lower-case hexadecimal
 */
public record Digest(Algorithm algorithm, String hex) implements Reference {

	/**
	 * Takes a digest.
	 * @throws RequestException.Malformed if the sum isn't one of that algorithm
	 */
	public Digest {
		boolean wellFormed = hex.length() == algorithm.hexLength
				&& hex.chars().allMatch((c) -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
		if (!wellFormed) {
			throw malformed(algorithm.label + ":" + hex);
		}
	}

	/**
	 * Reads a digest.
	 * @param text {@code algorithm:hex}
	 * @return the digest
	 * @throws RequestException.Malformed if it isn't a sha256 or sha512 digest
	 */
	public static Digest parse(String text) {
		for (Algorithm algorithm : Algorithm.values()) {
			if (text.startsWith(algorithm.label + ":")) {
				return new Digest(algorithm, text.substring(algorithm.label.length() + 1));
			}
		}
		throw malformed(text);
	}

	/**
	 * Reads a digest, if it is one.
	 * @param text {@code algorithm:hex}
	 * @return the digest, or empty
	 */
	public static Optional<Digest> tryParse(String text) {
		try {
			return Optional.of(parse(text));
		}
		catch (RequestException.Malformed ex) {
			return Optional.empty();
		}
	}

	/**
	 * Computes the digest of a content held in memory.
	 * @param algorithm how
	 * @param content the bytes
	 * @return its digest
	 */
	public static Digest of(Algorithm algorithm, byte[] content) {
		return new Digest(algorithm, HexFormat.of().formatHex(algorithm.newSum().digest(content)));
	}

	/**
	 * Computes the digest of a content that lies in several pieces.
	 * @param algorithm how
	 * @param pieces the bytes in order; they are read to their ends
	 * @return its digest
	 */
	public static Digest of(Algorithm algorithm, List<ByteBuffer> pieces) {
		MessageDigest sum = algorithm.newSum();
		for (ByteBuffer piece : pieces) {
			sum.update(piece);
		}
		return new Digest(algorithm, HexFormat.of().formatHex(sum.digest()));
	}

	/**
	 * Whether a content held in memory has this digest.
	 * @param content the bytes
	 * @return whether the sum is the same
	 */
	public boolean matches(byte[] content) {
		return equals(of(this.algorithm, content));
	}

	/**
	 * Whether another digest can't be that of the same content.
	 * @param other a digest
	 * @return whether both are of one algorithm and differ
	 */
	public boolean contradicts(Digest other) {
		return other.algorithm == this.algorithm && !other.equals(this);
	}

	private static RequestException.Malformed malformed(String text) {
		return new RequestException.Malformed(ErrorCode.DIGEST_INVALID, "'" + Printable.of(text)
				+ "' is no digest: expected sha256:<64 hex digits> or sha512:<128 hex digits>");
	}

	@Override
	public String toString() {
		return this.algorithm.label + ":" + this.hex;
	}

	/**
	 * A registered digest algorithm.
	 */
	public enum Algorithm {

		/** SHA-256, which every registry speaks. */
		SHA256("sha256", "SHA-256", 64),

		/** SHA-512. */
		SHA512("sha512", "SHA-512", 128);

		private final String label;

		private final String jcaName;

		private final int hexLength;

		Algorithm(String label, String jcaName, int hexLength) {
			this.label = label;
			this.jcaName = jcaName;
			this.hexLength = hexLength;
		}

		/**
		 * Starts a sum.
		 * @return a new one, not thread-safe
		 */
		public MessageDigest newSum() {
			try {
				return MessageDigest.getInstance(this.jcaName);
			}
			catch (NoSuchAlgorithmException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}
