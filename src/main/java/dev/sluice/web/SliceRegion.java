package dev.sluice.web;

import dev.sluice.pull.Body;
import io.netty.channel.DefaultFileRegion;

/**
 * A slice of a file as the kernel sends it, from the page cache and without a copy. The
 * file has other readers: releasing the region lets go of the slice alone.
 */
final class SliceRegion extends DefaultFileRegion {

	private final Body.Slice slice;

	SliceRegion(Body.Slice slice) {
		super(slice.file(), slice.position(), slice.count());
		this.slice = slice;
	}

	@Override
	protected void deallocate() {
		this.slice.release();
	}

}
