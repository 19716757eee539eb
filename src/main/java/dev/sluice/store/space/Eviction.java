package dev.sluice.store.space;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

import dev.sluice.store.disk.BlobFiles;
import dev.sluice.store.disk.HeldBlob;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drops blobs, the least lately used first, never one that is being read. Thread-safe:
 * several may make room at once. Blocks as the disk does, and holds no lock while it
 * does.
 */
final class Eviction {

	private static final Logger LOG = LoggerFactory.getLogger(Eviction.class);

	private final Account account;

	private final BlobFiles blobs;

	private final InstantSource clock;

	private final int most;

	private final AtomicLong evicted = new AtomicLong();

	private volatile Candidates candidates;

	/** What a walk gathers, to take their place. */
	private volatile Candidates gathered;

	Eviction(Account account, BlobFiles blobs, InstantSource clock, int most) {
		this.account = account;
		this.blobs = blobs;
		this.clock = clock;
		this.most = most;
		this.candidates = new Candidates(most);
		this.gathered = this.candidates;
	}

	/** A walk begins. */
	void beginWalk() {
		this.gathered = new Candidates(this.most);
	}

	/** A walk finds a blob. */
	void found(HeldBlob blob) {
		this.gathered.add(Candidate.of(blob, this.clock.millis()));
	}

	/** A walk has seen all. */
	void endWalk() {
		this.candidates = this.gathered;
	}

	/** A blob has come in. */
	void kept(Candidate candidate) {
		this.candidates.add(candidate);
		this.gathered.add(candidate);
	}

	/** Whether only a walk finds others that may go. */
	boolean needsWalk() {
		return this.candidates.isToBeFilled();
	}

	long evicted() {
		return this.evicted.get();
	}

	/**
	 * Drops as much as it takes, or nothing if all of it weren't enough.
	 * @param bytes for how much
	 * @return what still stands in the way; empty if there is room
	 */
	Optional<Shortage> makeRoom(long bytes) {
		List<Candidate> read = new ArrayList<>();
		try {
			Optional<Shortage> shortage = shortage(bytes);
			while (shortage.isPresent() && shortage.get().bytes() <= this.account.held()) {
				Optional<Candidate> next = this.candidates.poll();
				if (next.isEmpty()) {
					return shortage;
				}
				next.filter((it) -> !dropped(it)).ifPresent(read::add);
				shortage = shortage(bytes);
			}
			return shortage;
		}
		finally {
			this.candidates.addAll(read);
		}
	}

	private Optional<Shortage> shortage(long bytes) {
		return Optional.ofNullable(this.account.shortage(bytes));
	}

	/** One that was used since it was found has its turn later. */
	private boolean dropped(Candidate candidate) {
		try {
			Optional<HeldBlob> blob = this.blobs.look(candidate.digest());
			if (blob.isEmpty()) {
				return true;
			}
			Candidate now = Candidate.of(blob.get(), this.clock.millis());
			if (now.used() > candidate.used()) {
				this.candidates.add(now);
				return true;
			}
			return drop(blob.get());
		}
		catch (IOException ex) {
			LOG.warn("{} can't be dropped to make room: {}", candidate.digest(), ex.toString());
			return true;
		}
	}

	/**
	 * Drops a blob, unless it is being read or used.
	 * @return whether it is gone by this
	 * @throws IOException if the disk fails
	 */
	boolean drop(HeldBlob blob) throws IOException {
		boolean gone = this.blobs.evict(blob);
		if (gone) {
			this.evicted.incrementAndGet();
		}
		return gone;
	}

}
