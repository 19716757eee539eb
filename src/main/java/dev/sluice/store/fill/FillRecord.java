package dev.sluice.store.fill;

import dev.sluice.oci.Digest;
import dev.sluice.oci.UpstreamException;
import dev.sluice.store.fill.FillListener.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is noted of one fill, for the log and whoever listens. Of its thread.
 */
final class FillRecord {

	private static final Logger LOG = LoggerFactory.getLogger(FillRecord.class);

	private final Digest digest;

	private final String upstream;

	private final FillListener listener;

	private Outcome outcome = Outcome.NOT_GIVEN;

	private long fetched;

	FillRecord(Digest digest, String upstream, FillListener listener) {
		this.digest = digest;
		this.upstream = upstream;
		this.listener = listener;
	}

	void begun() {
		this.listener.begun();
	}

	/** The upstream gives it. */
	void answered() {
		this.outcome = Outcome.BROKEN_OFF;
	}

	void fetched(long bytes) {
		this.fetched += bytes;
	}

	/** The upstream is asked for the rest. */
	void resumes(long at, Throwable failure) {
		LOG.info("{}: goes on at byte {} after: {}", this.digest, at, failure.getMessage());
		this.listener.resumed();
	}

	/** What came is another blob; says so. */
	UpstreamException mismatched(Digest came) {
		this.outcome = Outcome.MISMATCH;
		String message = "what came for " + this.digest + " from " + this.upstream + " is " + came;
		LOG.warn("{}: nothing of it is kept; whoever pulls it again has it fetched anew", message);
		this.listener.mismatched(this.digest, came, this.upstream);
		return new UpstreamException.InvalidAnswer(message);
	}

	/** All of it came, and isn't kept yet. */
	void came() {
		this.outcome = Outcome.UNKEPT;
	}

	void kept() {
		this.outcome = Outcome.KEPT;
	}

	void foundNoRoom() {
		this.outcome = Outcome.NO_ROOM;
	}

	void stopped() {
		this.outcome = Outcome.STOPPED;
	}

	void ended() {
		this.listener.ended(this.outcome, this.fetched);
	}

}
