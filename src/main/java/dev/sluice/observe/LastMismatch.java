package dev.sluice.observe;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import dev.sluice.oci.Digest;
import dev.sluice.store.fill.FillListener;
import org.jspecify.annotations.Nullable;

/**
 * What an upstream gave last in place of the blob that it was asked for: told for a day.
 * Thread-safe; holds one.
 */
public final class LastMismatch implements FillListener {

	static final Duration TOLD = Duration.ofDays(1);

	private final InstantSource clock;

	private final AtomicReference<@Nullable Mismatch> last = new AtomicReference<>();

	/**
	 * Nothing was wrong yet.
	 * @param clock the clock
	 */
	public LastMismatch(InstantSource clock) {
		this.clock = clock;
	}

	@Override
	public void mismatched(Digest wanted, Digest came, String upstream) {
		String message = "what came for " + wanted + " from " + upstream + " is " + came;
		this.last.set(new Mismatch(message, this.clock.instant()));
	}

	/**
	 * What came.
	 * @return names both digests, the upstream and the time; empty if nothing was wrong
	 * for a day
	 */
	Optional<String> inWords() {
		return Optional.ofNullable(this.last.get())
			.filter((it) -> this.clock.instant().isBefore(it.time().plus(TOLD)))
			.map((it) -> it.message() + " (at " + it.time() + ")");
	}

	private record Mismatch(String message, Instant time) {
	}

}
