package dev.sluice.store;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import dev.sluice.oci.Digest;
import dev.sluice.store.disk.BlobFiles;
import dev.sluice.store.disk.SmallFiles;
import dev.sluice.store.disk.StoreDirectory;
import dev.sluice.store.disk.StoredBlob;
import dev.sluice.store.fill.Fill;
import dev.sluice.store.fill.Fills;
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
		this.directory = directory;
		this.space = new Space(directory, limits.ofTheDisk());
		this.blobs = this.space.blobs();
		this.fills = new Fills(this.space, limits.maxFills());
		this.links = new Links(new SmallFiles(directory), limits.maxLinks(), this.writing);
		this.space.start();
	}

	/**
	 * Looks for a blob.
	 * @param digest its digest
	 * @return what there is of it, for the caller to read or release
	 * @throws IOException if the disk fails
	 */
	public Found find(Digest digest) throws IOException {
		Optional<Found> coming = this.fills.join(digest).map(Found.Coming::new);
		return coming.isPresent() ? coming.get()
				: this.blobs.open(digest).<Found>map(Found.Whole::new).orElseGet(Found.Nothing::new);
	}

	/**
	 * Has a blob come in.
	 * @param digest its digest
	 * @param supply where it is to be had
	 * @return a place at it; empty if it comes in or is held by now, or as many come in
	 * as may
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
		this.writing.shutdown();
		this.space.close();
		this.directory.close();
	}

	/**
	 * What there is of a blob.
	 */
	public sealed interface Found {

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
