package dev.sluice.store.disk;

/**
 * What files take on a disk. Java can't ask how many blocks a file has, so its length is
 * rounded up to the block of nearly every file system, 4 KiB.
 */
public final class Blocks {

	private static final long BLOCK = 4096;

	private Blocks() {
	}

	/**
	 * What a file takes.
	 * @param length bytes in it
	 * @return bytes on the disk
	 */
	public static long of(long length) {
		return (length > Long.MAX_VALUE - BLOCK) ? Long.MAX_VALUE : (length + BLOCK - 1) / BLOCK * BLOCK;
	}

}
