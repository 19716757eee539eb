package dev.sluice.token;

/**
 * What is done at a registry, as far as it may want another scope.
 */
public enum Operation {

	/** Nothing in particular: {@code /v2/}. */
	BASE,
	/** Manifests and blobs. */
	PULL,
	/** The list of tags (Azure wants {@code metadata_read}). */
	TAGS,
	/** Referrers. */
	REFERRERS,
	/** The catalog. */
	CATALOG

}
