package dev.sluice.store;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import dev.sluice.oci.Digest;
import dev.sluice.store.disk.BlobFiles;
import dev.sluice.store.disk.SmallFiles;
import dev.sluice.store.disk.DiskState;
import dev.sluice.store.disk.NewFile;
import dev.sluice.store.disk.StoreDirectory;
import dev.sluice.store.disk.StoredBlob;
import dev.sluice.store.fill.Fill;
import dev.sluice.store.fill.FillListener;
import dev.sluice.store.fill.Fills;
import dev.sluice.store.fill.SpeedLimit;
import dev.sluice.store.fill.Supply;
import dev.sluice.store.link.Links;
import dev.sluice.store.space.Space;

/**
 * Blobs that are held, and those that are coming in. Thread-safe; what looks something up
 * blocks as the disk does.
 */
public final class Store implements AutoCloseable {

	/** Links to be written; with more, those that come are only remembered. */
	private static final int LINKS_WAITING = 1000;

	private final StoreDirectory directory;

	private final Space space;

	private final BlobFiles blobs;

	private final DiskState disk;

	private final Fills fills;

	private final ThreadPoolExecutor writing = new ThreadPoolExecutor(0, 1, 10, TimeUnit.SECONDS,
			new ArrayBlockingQueue<>(LINKS_WAITING), Thread.ofPlatform().daemon().name("links").factory());

	private final Links links;

	/**
	 * A store. What the directory holds is counted from then on.
	 * @param directory where it is, closed with it
	 * @param limits how much it may hold
	 */
	public Store(StoreDirectory directory, StoreLimits limits) {
		this(directory, limits, FillListener.NONE);
	}

	/**
	 * A store whose fills are heard of.
	 * @param directory where it is, closed with it
	 * @param limits how much it may hold
	 * @param listener told of fills
	 */
	public Store(StoreDirectory directory, StoreLimits limits, FillListener listener) {
		this(directory, limits, SpeedLimit.DEFAULT, NewFile.PRIVATE, listener);
	}

	/**
	 * A store.
	 * @param directory where it is, closed with it
	 * @param limits how much it may hold
	 * @param slowest how slow the upstreams may be that blobs come in from
	 * @param newFile how the files are made that they come in by
	 * @param listener told of fills
	 */
	public Store(StoreDirectory directory, StoreLimits limits, SpeedLimit slowest, NewFile newFile,
			FillListener listener) {
		this.directory = directory;
		this.disk = new DiskState(directory);
		this.space = new Space(directory, limits.ofTheDisk(), newFile);
		this.blobs = this.space.blobs();
		this.fills = new Fills(this.space, this.disk, limits.maxFills(), slowest, listener);
		this.links = new Links(new SmallFiles(directory), limits.maxLinks(), this.writing);
		this.space.start();
	}

	/**
	 * How its disk does.
	 * @return its state, as it is and as it will be
	 */
	public DiskState disk() {
		return this.disk;
	}

	/**
	 * Looks for a blob.
	 * @param digest its digest
	 * @return what there is of it, for the caller to read or release
	 * @throws IOException if the disk fails
	 */
	public Found find(Digest digest) throws IOException {
		Optional<Found> coming = this.fills.join(digest).map(Found.Coming::new);
		return coming.isPresent() ? coming.get() : opened(digest);
	}

	private Found opened(Digest digest) throws IOException {
		try {
			return this.blobs.open(digest).<Found>map(Found.Whole::new).orElseGet(Found.Nothing::new);
		}
		catch (IOException ex) {
			this.disk.failed("can't open " + digest, ex);
			throw ex;
		}
	}

	/**
	 * Has a blob come in.
	 * @param digest its digest
	 * @param supply where it is to be had
	 * @return a place at it; empty if it comes in or is held by now, as many come in as
	 * may, or there was no room for it or the disk failed a moment ago
	 * @throws IOException if the disk fails
	 */
	public Optional<Fill> begin(Digest digest, Supply supply) throws IOException {
		return this.fills.begin(digest, supply);
	}

	/**
	 * Drops a blob; who reads it goes on reading.
	 * @param digest its digest
	 * @throws IOException if the disk fails
	 */
	public void drop(Digest digest) throws IOException {
		this.blobs.drop(digest);
	}

	/**
	 * Which repository may serve what.
	 * @return the links
	 */
	public Links links() {
		return this.links;
	}

	/**
	 * The room it has.
	 * @return for what is held, promised and free
	 */
	public Space space() {
		return this.space;
	}

	/** Ends what is coming in, and leaves the directory to others. */
	@Override
	public void close() throws IOException {
		this.fills.close();
		this.writing.close();
		this.space.close();
		this.directory.close();
	}

	/**
	 * What there is of a blob.
	 */
	public sealed interface Found {

		/** Lets go of it unread. */
		default void release() {
			switch (this) {
				case Whole(var blob) -> blob.file().release();
				case Coming(var fill) -> fill.release();
				case Nothing() -> {
				}
			}
		}

		/**
		 * All of it.
		 *
		 * @param blob the blob
		 */
		record Whole(StoredBlob blob) implements Found {
		}

		/**
		 * It comes in.
		 *
		 * @param fill a place at it
		 */
		record Coming(Fill fill) implements Found {
		}

		/** Nothing. */
		record Nothing() implements Found {
		}

	}

}
