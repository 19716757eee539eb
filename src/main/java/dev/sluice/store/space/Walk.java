package dev.sluice.store.space;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

import dev.sluice.store.disk.BlobListing;
import dev.sluice.store.disk.HeldBlob;
import dev.sluice.store.disk.Shard;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A walk over the directory: counts what is there, finds what may have to go, and drops
 * what nobody has used for too long. It pauses a little now and then, so that the disk is
 * others' too. Of one thread.
 */
final class Walk {

	private static final Logger LOG = LoggerFactory.getLogger(Walk.class);

	private static final int BLOBS_BEFORE_A_PAUSE = 1000;

	private static final Duration PAUSE = Duration.ofMillis(5);

	/** How often a shard is counted in which blobs come and go all the time. */
	private static final int MOST_COUNTS = 20;

	private final Account account;

	private final Eviction eviction;

	private final BlobListing listing;

	private final Duration maxAge;

	private final InstantSource clock;

	private int blobs;

	private long counted;

	Walk(Account account, Eviction eviction, BlobListing listing, Duration maxAge, InstantSource clock) {
		this.account = account;
		this.eviction = eviction;
		this.listing = listing;
		this.maxAge = maxAge;
		this.clock = clock;
	}

	/**
	 * Walks once.
	 * @throws IOException if the disk fails
	 * @throws InterruptedException if it is to end
	 */
	void run() throws IOException, InterruptedException {
		this.eviction.beginWalk();
		for (Shard shard : Shard.all()) {
			count(shard);
		}
		this.account.walked();
		this.eviction.endWalk();
	}

	/** Until nothing comes or goes while it is counted, or as well as can be. */
	private void count(Shard shard) throws IOException, InterruptedException {
		for (int i = 0; i < MOST_COUNTS; i++) {
			int changes = this.account.changes(shard);
			this.counted = 0;
			long directory = this.listing.list(shard, this::found);
			this.counted += directory;
			if (Thread.interrupted()) {
				throw new InterruptedException();
			}
			if (this.account.count(shard, changes, this.counted)) {
				return;
			}
			TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
		}
		this.account.countRoughly(shard, this.counted);
	}

	private void found(HeldBlob blob) {
		if (!isTooOld(blob) || !dropped(blob)) {
			this.counted += blob.blocks();
			this.eviction.found(blob);
		}
		if (++this.blobs % BLOBS_BEFORE_A_PAUSE == 0) {
			pause();
		}
	}

	private boolean isTooOld(HeldBlob blob) {
		long now = this.clock.millis();
		return this.maxAge.isPositive() && Candidate.of(blob, now).used() < now - this.maxAge.toMillis();
	}

	private boolean dropped(HeldBlob blob) {
		try {
			return this.eviction.drop(blob);
		}
		catch (IOException ex) {
			LOG.warn("{} can't be dropped, old as it is: {}", blob.digest(), ex.toString());
			return false;
		}
	}

	private static void pause() {
		try {
			TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
		}
		catch (InterruptedException _) {
			Thread.currentThread().interrupt();
		}
	}

}
