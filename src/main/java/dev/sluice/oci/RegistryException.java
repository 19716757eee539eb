package dev.sluice.oci;

import java.time.Duration;
import java.util.Optional;

/**
 * Why a request can't be served, named by what it means to an operator. The message is
 * shown to clients and written to the log: it names the upstream and the cause, and never
 * holds a secret. {@code web} alone turns it into a status.
 */
public abstract sealed class RegistryException extends RuntimeException implements Cloneable {

	private final ErrorCode code;

	private transient Optional<RegistryName> upstream = Optional.empty();

	private RegistryException(ErrorCode code, String message, Throwable... cause) {
		super(message, (cause.length > 0) ? cause[0] : null, true, false);
		this.code = code;
	}

	/**
	 * The code for the error body.
	 * @return the distribution spec's code
	 */
	public ErrorCode code() {
		return this.code;
	}

	/**
	 * The same as it happened at an upstream, so that the message names it. Another
	 * object: one failure of a token server is told to all who wait for the token, at
	 * whichever upstream.
	 * @param name the upstream
	 * @return a copy
	 */
	public RegistryException at(RegistryName name) {
		try {
			RegistryException copy = (RegistryException) clone();
			copy.upstream = Optional.of(name);
			return copy;
		}
		catch (CloneNotSupportedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public String getMessage() {
		String message = String.valueOf(super.getMessage());
		return this.upstream.map(RegistryName::toString)
			.filter((name) -> !message.contains(name))
			.map((name) -> name + ": " + message)
			.orElse(message);
	}

	/** A name, tag, digest or query that isn't well formed. */
	public static final class Malformed extends RegistryException {

		public Malformed(ErrorCode code, String message) {
			super(code, message);
		}

	}

	/** What a client sent is no request that can be read. */
	public static final class UnreadableRequest extends RegistryException {

		private final Fault fault;

		public UnreadableRequest(Fault fault, String message) {
			super(ErrorCode.UNSUPPORTED, message);
			this.fault = fault;
		}

		public Fault fault() {
			return this.fault;
		}

		/** What is wrong with it. */
		public enum Fault {

			/** It isn't well formed. */
			MALFORMED,
			/** Its first line is too long. */
			LINE_TOO_LONG,
			/** Its headers are too large. */
			HEADERS_TOO_LARGE,
			/** Its headers came too slowly. */
			TOO_SLOW

		}

	}

	/**
	 * A browser seems to have been led here: the request's host or origin isn't Sluice's.
	 */
	public static final class ForeignRequest extends RegistryException {

		public ForeignRequest(String message) {
			super(ErrorCode.DENIED, message);
		}

	}

	/** Anything but a pull. */
	public static final class MethodNotSupported extends RegistryException {

		public MethodNotSupported(String message) {
			super(ErrorCode.UNSUPPORTED, message);
		}

	}

	/** A registry outside the closed list: it is never dialled. */
	public static final class RegistryNotListed extends RegistryException {

		public RegistryNotListed(String message) {
			super(ErrorCode.NAME_UNKNOWN, message);
		}

	}

	/** The upstream, or Sluice itself, doesn't have it. */
	public static final class NotFound extends RegistryException {

		private final String upstreamCode;

		public NotFound(ErrorCode code, String message) {
			this(code.name(), message);
		}

		/**
		 * Takes an upstream's own code.
		 * @param upstreamCode the code, perhaps one that the spec doesn't know
		 * @param message what is shown
		 */
		public NotFound(String upstreamCode, String message) {
			super(ErrorCode.NAME_UNKNOWN, message);
			this.upstreamCode = upstreamCode;
		}

		public String upstreamCode() {
			return this.upstreamCode;
		}

	}

	/** The upstream finds fault with a request that looked well formed here. */
	public static final class RefusedAsMalformed extends RegistryException {

		private final String upstreamCode;

		public RefusedAsMalformed(String upstreamCode, String message) {
			super(ErrorCode.UNKNOWN, message);
			this.upstreamCode = upstreamCode;
		}

		public String upstreamCode() {
			return this.upstreamCode;
		}

	}

	/** The upstream answers 401 or 403 after our best try. */
	public static final class AccessDenied extends RegistryException {

		public AccessDenied(String message) {
			super(ErrorCode.DENIED, message);
		}

	}

	/** A token server or registry refuses the credential itself. */
	public static final class CredentialRejected extends RegistryException {

		public CredentialRejected(String message) {
			super(ErrorCode.DENIED, message);
		}

	}

	/**
	 * Where a credential is kept fails to give it: a helper.
	 */
	public static final class CredentialUnavailable extends RegistryException {

		public CredentialUnavailable(String message) {
			super(ErrorCode.UNAVAILABLE, message);
		}

	}

	/**
	 * Who we should be can't be had: a cloud gives no credential to the identity that
	 * this process has there, or what was written down as one can't be used. What is
	 * public is to be had all the same.
	 */
	public static final class IdentityUnavailable extends RegistryException {

		public IdentityUnavailable(String message) {
			super(ErrorCode.UNAVAILABLE, message);
		}

	}

	/**
	 * A header that we were to send is none, perhaps because of a credential that holds a
	 * line break: nothing was sent.
	 */
	public static final class UnsendableHeader extends RegistryException {

		public UnsendableHeader(String message) {
			super(ErrorCode.UNAVAILABLE, message);
		}

	}

	/** The upstream answers 429. */
	public static final class TooManyRequests extends RegistryException {

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

	/**
	 * No connection: refused, name not resolved, TLS failure, broken before an answer.
	 */
	public static final class UpstreamUnreachable extends RegistryException {

		public UpstreamUnreachable(String message, Throwable cause) {
			super(ErrorCode.UNAVAILABLE, message, cause);
		}

	}

	/** An address that the guard forbids, or a way from https to http. */
	public static final class ForbiddenAddress extends RegistryException {

		public ForbiddenAddress(String message) {
			super(ErrorCode.UNAVAILABLE, message);
		}

	}

	/** The upstream answers 5xx. */
	public static final class UpstreamFailed extends RegistryException {

		public UpstreamFailed(String message) {
			super(ErrorCode.UNAVAILABLE, message);
		}

	}

	/** The upstream answers nonsense: HTML, a wrong digest, an encoding, too large. */
	public static final class InvalidAnswer extends RegistryException {

		public InvalidAnswer(String message) {
			super(ErrorCode.UNAVAILABLE, message);
		}

	}

	/** No first byte within the time allowed. */
	public static final class UpstreamTimedOut extends RegistryException {

		public UpstreamTimedOut(String message, Throwable cause) {
			super(ErrorCode.UNAVAILABLE, message, cause);
		}

	}

	/** Our own queue is full. */
	public static final class Overloaded extends RegistryException {

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
	public static final class MemoryExhausted extends RegistryException {

		private final transient Duration retryAfter;

		public MemoryExhausted(String message, Duration retryAfter) {
			super(ErrorCode.UNAVAILABLE, message);
			this.retryAfter = retryAfter;
		}

		public Duration retryAfter() {
			return this.retryAfter;
		}

	}

	/** The content isn't the one that the client would have. */
	public static final class PreconditionFailed extends RegistryException {

		public PreconditionFailed(String message) {
			super(ErrorCode.UNSUPPORTED, message);
		}

	}

	/** The range asked for lies outside the blob. */
	public static final class RangeNotSatisfiable extends RegistryException {

		private final transient Optional<String> contentRange;

		public RangeNotSatisfiable(String message, Optional<String> contentRange) {
			super(ErrorCode.UNSUPPORTED, message);
			this.contentRange = contentRange;
		}

		/**
		 * The blob's real extent.
		 * @return the upstream's {@code Content-Range}
		 */
		public Optional<String> contentRange() {
			return this.contentRange;
		}

	}

}
