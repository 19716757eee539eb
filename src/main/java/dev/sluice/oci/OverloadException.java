package dev.sluice.oci;

import java.time.Duration;
import java.util.Optional;

/**
 * Too much at once, for the upstream or for Sluice itself.
 */
public abstract sealed class OverloadException extends RegistryException {

	private OverloadException(ErrorCode code, String message) {
		super(code, message);
	}

	/** The upstream answers 429. */
	public static final class TooManyRequests extends OverloadException {

		private final transient Optional<String> retryAfter;

		public TooManyRequests(String message, Optional<String> retryAfter) {
			super(ErrorCode.TOOMANYREQUESTS, message);
			this.retryAfter = retryAfter;
		}

		/**
		 * When the upstream wants to be asked again.
		 * @return its {@code Retry-After}, verbatim
		 */
		public Optional<String> retryAfter() {
			return this.retryAfter;
		}

	}

	/** Our own queue is full. */
	public static final class Overloaded extends OverloadException {

		private final transient Duration retryAfter;

		public Overloaded(String message, Duration retryAfter) {
			super(ErrorCode.UNAVAILABLE, message);
			this.retryAfter = retryAfter;
		}

		public Duration retryAfter() {
			return this.retryAfter;
		}

	}

	/** There is no memory for an answer now, while others get theirs. */
	public static final class MemoryExhausted extends OverloadException {

		private final transient Duration retryAfter;

		public MemoryExhausted(String message, Duration retryAfter) {
			super(ErrorCode.UNAVAILABLE, message);
			this.retryAfter = retryAfter;
		}

		public Duration retryAfter() {
			return this.retryAfter;
		}

	}

}
