package dev.sluice.store.space;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

import dev.sluice.oci.Digest;
import dev.sluice.store.disk.BlobFiles;
import dev.sluice.store.disk.BlobListing;
import dev.sluice.store.disk.NewFile;
import dev.sluice.store.disk.StoreDirectory;

/**
 * The room that a store has on its disk. It is taken before a byte is written, so that no
 * bound is passed: blobs that nobody has used for longest go for it, and where that isn't
 * enough there is none. Until it is known what the directory holds, from the last process
 * or by a walk, there is none either. Thread-safe.
 */
public final class Space implements AutoCloseable {

	/** Blobs that are known as the next to go. */
	private static final int CANDIDATES = 10_000;

	/** What is taken at a time where a blob's length isn't known. */
	private static final long STEP = 4 * 1024 * 1024;

	/** A step is no more than this part of a small store. */
	private static final long STEPS = 64;

	private final SpaceLimits limits;

	private final InstantSource clock;

	private final LongSupplier usable;

	private final BlobListing listing;

	private final BlobFiles blobs;

	private final Account account;

	private final Eviction eviction;

	private final RememberedTotal remembered;

	private final Walker walker;

	/**
	 * The room in a directory.
	 * @param directory the directory
	 * @param limits its bounds
	 * @param newFile how the files are made that blobs come in by
	 */
	public Space(StoreDirectory directory, SpaceLimits limits, NewFile newFile) {
		this(directory, limits, newFile, directory::usableSpace, InstantSource.system(), CANDIDATES);
	}

	/**
	 * The room in a directory.
	 * @param directory the directory
	 * @param limits its bounds
	 * @param newFile how the files are made that blobs come in by
	 * @param usable what the file system has left, in bytes; may block
	 * @param clock the clock
	 * @param candidates how many blobs are known as the next to go
	 */
	Space(StoreDirectory directory, SpaceLimits limits, NewFile newFile, LongSupplier usable, InstantSource clock,
			int candidates) {
		this.limits = limits;
		this.clock = clock;
		this.usable = usable;
		this.listing = new BlobListing(directory);
		this.account = new Account(limits, usable, this.listing.known());
		this.blobs = new BlobFiles(directory, newFile, this.account, clock);
		this.eviction = new Eviction(this.account, this.blobs, clock, candidates);
		this.remembered = new RememberedTotal(directory.total());
		this.walker = new Walker(this::walk);
	}

	/** Has the directory walked over, now and every hour. */
	public void start() {
		this.walker.start();
	}

	/** Also what was too much already goes then, as after the bounds were lowered. */
	void walk() throws IOException, InterruptedException {
		new Walk(this.account, this.eviction, this.listing, this.limits.maxAge(), this.clock).run();
		makeRoom(0);
		this.remembered.atLeast(this.account.total());
	}

	/**
	 * The blobs whose room this is.
	 * @return the blobs
	 */
	public BlobFiles blobs() {
		return this.blobs;
	}

	/**
	 * Room for a blob that comes in.
	 * @return none taken yet
	 */
	public Room room() {
		return new Room(this, this.account);
	}

	long allowed(long length) {
		if (length > this.limits.maxBlobSize()) {
			throw new NoRoomException("the store has no room for a blob of " + length + " bytes: max-blob-size is "
					+ this.limits.maxBlobSize());
		}
		return length;
	}

	long step() {
		return Math.min(STEP, this.limits.maxSize() / STEPS);
	}

	/** Others may take what was made for this one: it is made again then. */
	void take(long bytes) {
		this.account.measure();
		while (!this.account.take(bytes)) {
			Optional<Shortage> shortage = makeRoom(bytes);
			if (shortage.isPresent()) {
				throw new NoRoomException(
						"the store has no room for " + bytes + " bytes: " + shortage.get().bound().words());
			}
		}
		this.remembered.atLeast(this.account.total());
	}

	private Optional<Shortage> makeRoom(long bytes) {
		this.account.measure();
		Optional<Shortage> shortage = this.eviction.makeRoom(bytes);
		if (this.eviction.needsWalk()) {
			this.walker.walk();
		}
		return shortage;
	}

	void kept(Digest digest) {
		this.eviction.kept(new Candidate(this.clock.millis(), digest));
	}

	/**
	 * What lies on the disk under blobs' names.
	 * @return bytes in whole blocks
	 */
	public long held() {
		return this.account.held();
	}

	/**
	 * What is set aside for blobs that come in, written or not.
	 * @return bytes in whole blocks
	 */
	public long promised() {
		return this.account.promised();
	}

	/**
	 * What may be taken in all.
	 * @return bytes
	 */
	public long maxSize() {
		return this.limits.maxSize();
	}

	/**
	 * What the file system has left. Blocks.
	 * @return bytes
	 */
	public long freeDisk() {
		return this.usable.getAsLong();
	}

	/**
	 * How many blobs were dropped to make room, or for their age.
	 * @return how many since the start
	 */
	public long evictions() {
		return this.eviction.evicted();
	}

	/** Ends its walks, and writes down what the directory holds. */
	@Override
	public void close() {
		this.walker.close();
		if (this.account.isKnown()) {
			this.remembered.exactly(this.account.total());
		}
	}

}
