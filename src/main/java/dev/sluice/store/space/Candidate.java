package dev.sluice.store.space;

import java.util.Comparator;

import dev.sluice.oci.Digest;
import dev.sluice.store.disk.HeldBlob;

/**
 * A blob that may have to go. The first to go comes first. Immutable.
 *
 * @param used when it was last used, as far as is known: milliseconds since 1970
 * @param digest its digest
 */
record Candidate(long used, Digest digest) implements Comparable<Candidate> {

	/** A clock that is a little ahead, as a file server's may be, isn't wrong. */
	private static final long AHEAD = 60_000;

	private static final Comparator<Candidate> ORDER = Comparator.comparingLong(Candidate::used)
		.thenComparing((candidate) -> candidate.digest().hex());

	/** A time in the future counts as old: the clock was wrong then, or is now. */
	static Candidate of(HeldBlob blob, long now) {
		return new Candidate((blob.used() > now + AHEAD) ? 0 : blob.used(), blob.digest());
	}

	@Override
	public int compareTo(Candidate other) {
		return ORDER.compare(this, other);
	}

}
