package dev.sluice.oci;

import java.util.Optional;

/**
 * What the client asked is wrong, or asks for what doesn't exist.
 */
public abstract sealed class RequestException extends RegistryException {

	private RequestException(ErrorCode code, String message) {
		super(code, message);
	}

	/** A name, tag, digest or query that isn't well formed. */
	public static final class Malformed extends RequestException {

		public Malformed(ErrorCode code, String message) {
			super(code, message);
		}

	}

	/** What a client sent can't be read as a request. */
	public static final class UnreadableRequest extends RequestException {

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
	public static final class ForeignRequest extends RequestException {

		public ForeignRequest(String message) {
			super(ErrorCode.DENIED, message);
		}

	}

	/** Anything but a pull. */
	public static final class MethodNotSupported extends RequestException {

		public MethodNotSupported(String message) {
			super(ErrorCode.UNSUPPORTED, message);
		}

	}

	/** A registry outside the closed list: it is never dialled. */
	public static final class RegistryNotListed extends RequestException {

		public RegistryNotListed(String message) {
			super(ErrorCode.NAME_UNKNOWN, message);
		}

	}

	/** The upstream, or Sluice itself, doesn't have it. */
	public static final class NotFound extends RequestException {

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
	public static final class RefusedAsMalformed extends RequestException {

		private final String upstreamCode;

		public RefusedAsMalformed(String upstreamCode, String message) {
			super(ErrorCode.UNKNOWN, message);
			this.upstreamCode = upstreamCode;
		}

		public String upstreamCode() {
			return this.upstreamCode;
		}

	}

	/** The content isn't the one that the client's {@code If-Match} names. */
	public static final class PreconditionFailed extends RequestException {

		public PreconditionFailed(String message) {
			super(ErrorCode.UNSUPPORTED, message);
		}

	}

	/** The range asked for lies outside the blob. */
	public static final class RangeNotSatisfiable extends RequestException {

		private final transient Optional<ContentRange.Unsatisfied> extent;

		public RangeNotSatisfiable(String message, Optional<ContentRange.Unsatisfied> extent) {
			super(ErrorCode.UNSUPPORTED, message);
			this.extent = extent;
		}

		/**
		 * The blob's real extent.
		 * @return the extent, if it is known
		 */
		public Optional<ContentRange.Unsatisfied> extent() {
			return this.extent;
		}

	}

}
