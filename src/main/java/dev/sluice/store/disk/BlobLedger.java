package dev.sluice.store.disk;

import dev.sluice.oci.Digest;

/**
 * Is told how much room blobs take. Thread-safe; never blocks, for event loops call it
 * too.
 */
public interface BlobLedger {

	/**
	 * A blob is about to get or to lose its name.
	 * @param digest its digest
	 */
	void changing(Digest digest);

	/**
	 * It did, or didn't.
	 * @param digest its digest
	 * @param bytes what it takes on disk; negative where the name is gone, zero where
	 * nothing changed
	 */
	void changed(Digest digest, long bytes);

	/**
	 * A file without a name is still read.
	 * @param bytes what it takes on disk
	 */
	void lingering(long bytes);

	/**
	 * Nobody reads it any longer.
	 * @param bytes what it took on disk
	 */
	void gone(long bytes);

}
