package dev.sluice.oci;

/**
 * What names a manifest within a repository: a {@link Tag} or a {@link Digest}.
 */
public sealed interface Reference permits Tag, Digest {

	/**
	 * Reads a reference; what holds a colon is a digest.
	 * @param text the last segment of a manifest's path
	 * @return the reference
	 * @throws RequestException.Malformed if it is neither a tag nor a digest
	 */
	static Reference parse(String text) {
		return (text.indexOf(':') >= 0) ? Digest.parse(text) : new Tag(text);
	}

}
