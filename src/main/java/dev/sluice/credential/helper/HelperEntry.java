package dev.sluice.credential.helper;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

import dev.sluice.credential.Credential;
import org.jspecify.annotations.Nullable;

/** What is kept of asking a helper one question. */
sealed interface HelperEntry {

	/** How long a rejected login that the helper gives again is kept, the first time. */
	Duration HOLD = Duration.ofSeconds(5);

	/** How often that doubles. */
	int DOUBLINGS = 3;

	/**
	 * It is being asked.
	 *
	 * @param promise the answer to come
	 * @param last the login it gave last
	 * @param rejections how often in a row that was rejected
	 */
	record Running(CompletableFuture<HelperAnswer> promise, @Nullable Credential last,
			int rejections) implements HelperEntry {

		static Running first() {
			return new Running(new CompletableFuture<>(), null, 0);
		}

		static Running after(Answered stale) {
			return new Running(new CompletableFuture<>(), stale.last(), stale.rejections());
		}

		Answered answered(HelperAnswer answer, Instant now) {
			Credential next = switch (answer) {
				case HelperAnswer.Found(Credential credential) -> credential;
				case HelperAnswer.None _ -> null;
				case HelperAnswer.Missing _, HelperAnswer.NotSetUp _, HelperAnswer.Failed _, HelperAnswer.Busy _ ->
					this.last;
			};
			boolean again = this.rejections > 0 && next != null && next.equals(this.last);
			return new Answered(answer, now.plus(life(answer)), next, again ? this.rejections : 0,
					again ? now.plus(hold()) : now);
		}

		private Duration hold() {
			return HOLD.multipliedBy(1L << Math.min(this.rejections - 1, DOUBLINGS));
		}

		private static Duration life(HelperAnswer answer) {
			return switch (answer) {
				case HelperAnswer.Found _ -> Duration.ofMinutes(5);
				case HelperAnswer.None _, HelperAnswer.NotSetUp _ -> Duration.ofSeconds(30);
				case HelperAnswer.Missing _, HelperAnswer.Failed _ -> Duration.ofSeconds(10);
				case HelperAnswer.Busy _ -> Duration.ZERO;
			};
		}

	}

	/**
	 * It was asked.
	 *
	 * @param answer what it answered
	 * @param end when it is to be asked again
	 * @param last the login it gave last, perhaps before a failure
	 * @param rejections how often in a row that was rejected
	 * @param held until when a rejection changes nothing
	 */
	record Answered(HelperAnswer answer, Instant end, @Nullable Credential last, int rejections,
			Instant held) implements HelperEntry {

		boolean isFresh(Instant now) {
			return now.isBefore(this.end);
		}

		boolean isRejectable(Credential credential, Instant now) {
			return this.answer instanceof HelperAnswer.Found(Credential found) && found.equals(credential)
					&& !now.isBefore(this.held);
		}

		Answered rejectedAt(Instant now) {
			return new Answered(this.answer, now, this.last, this.rejections + 1, this.held);
		}

	}

}
