package dev.sluice.store.space;

import java.util.Collection;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The least lately used of the blobs, as many as its bound: some hundred bytes each, a
 * few megabytes in all. Thread-safe.
 */
final class Candidates {

	private final int most;

	private final TreeSet<Candidate> first = new TreeSet<>();

	/** Whether there are blobs that aren't in it. */
	private boolean more;

	/**
	 * None yet.
	 * @param most how many are kept
	 */
	Candidates(int most) {
		this.most = most;
	}

	/**
	 * Adds one. Whoever is used later than those that were left out is left out, too.
	 */
	synchronized void add(Candidate candidate) {
		if (this.more && (this.first.isEmpty() || candidate.compareTo(this.first.last()) > 0)) {
			return;
		}
		this.first.add(candidate);
		if (this.first.size() > this.most) {
			this.first.pollLast();
			this.more = true;
		}
	}

	synchronized void addAll(Collection<Candidate> candidates) {
		candidates.forEach(this::add);
	}

	/** Takes the first that has to go. */
	synchronized Optional<Candidate> poll() {
		return Optional.ofNullable(this.first.pollFirst());
	}

	/** Whether a walk would find others, and those that are here are few. */
	synchronized boolean isToBeFilled() {
		return this.more && this.first.size() <= this.most / 10;
	}

}
