package dev.sluice.oci;

/**
 * The error codes of the distribution spec that Sluice answers with, and those that
 * registries use beside them.
 */
public enum ErrorCode {

	/** A repository's or registry's name isn't well formed. */
	NAME_INVALID,
	/** The repository or registry isn't known. */
	NAME_UNKNOWN,
	/** A tag isn't well formed. */
	TAG_INVALID,
	/** A digest isn't well formed. */
	DIGEST_INVALID,
	/** A manifest isn't known. */
	MANIFEST_UNKNOWN,
	/** A blob isn't known. */
	BLOB_UNKNOWN,
	/** The caller must say who it is. */
	UNAUTHORIZED,
	/** Access is refused. */
	DENIED,
	/** The operation isn't supported. */
	UNSUPPORTED,
	/** Too many requests. */
	TOOMANYREQUESTS,
	/** An upstream, or Sluice itself, can't answer now. */
	UNAVAILABLE,
	/** Anything else. */
	UNKNOWN

}
