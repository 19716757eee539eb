package dev.sluice.credential;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** How a credential stands with a server. Immutable, but for the promise. */
sealed interface Standing {

	/**
	 * What is wrong, for the operator.
	 * @return one sentence, or empty
	 */
	default Optional<String> problem() {
		return Optional.empty();
	}

	/**
	 * It is being found out.
	 *
	 * @param promise completed once it is
	 */
	record Trying(CompletableFuture<@Nullable Void> promise) implements Standing {

		Mono<Void> settled() {
			return Mono.fromFuture(this.promise, true).then();
		}

	}

	/**
	 * It was accepted.
	 *
	 * @param probed when a probe last found it good
	 */
	record Accepted(Instant probed) implements Standing {

		/** Nothing was refused so far. */
		static final Accepted UNPROBED = new Accepted(Instant.MIN);

	}

	/**
	 * It was rejected.
	 *
	 * @param times how often in a row
	 * @param until when it may be presented again
	 * @param said what the server said, a sentence without any secret
	 * @param worked whether it was in use before
	 */
	record Rejected(int times, Instant until, String said, boolean worked) implements Standing {

		/** Perhaps it was only the server that was out of order for a moment. */
		boolean isGlitch() {
			return this.worked && this.times == 1;
		}

		@Override
		public Optional<String> problem() {
			return Optional.of(this.said);
		}

	}

}
