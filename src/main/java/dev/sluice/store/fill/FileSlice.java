package dev.sluice.store.fill;

import dev.sluice.store.disk.SharedFile;

/**
 * Some bytes of a file, for whoever has it to release.
 *
 * @param file the file, held once for this slice
 * @param position the first byte in the file
 * @param count how many, at least one
 */
public record FileSlice(SharedFile file, long position, long count) {

	/** Lets go of the file. */
	public void release() {
		this.file.release();
	}

}
