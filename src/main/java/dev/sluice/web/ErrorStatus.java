package dev.sluice.web;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.sluice.oci.CredentialException;
import dev.sluice.oci.ErrorCode;
import dev.sluice.oci.OverloadException;
import dev.sluice.oci.RegistryException;
import dev.sluice.oci.RequestException;
import dev.sluice.oci.UpstreamException;

/**
 * What a failure is to a client: the one table from causes to statuses. Immutable.
 *
 * @param status the HTTP status
 * @param code the distribution spec's error code, or an upstream's own
 * @param message what is said
 * @param headers further headers
 */
record ErrorStatus(int status, String code, String message, Map<String, String> headers) {

	static ErrorStatus of(RegistryException failure) {
		return switch (failure) {
			case RequestException.Malformed ex -> plain(400, ex);
			case RequestException.UnreadableRequest ex -> plain(status(ex.fault()), ex);
			case RequestException.ForeignRequest ex -> plain(403, ex);
			case RequestException.RefusedAsMalformed ex -> coded(400, ex.upstreamCode(), ex);
			case RequestException.RegistryNotListed ex -> plain(404, ex);
			case RequestException.NotFound ex -> coded(404, ex.upstreamCode(), ex);
			case CredentialException.AccessDenied ex -> plain(403, ex);
			case CredentialException.CredentialRejected ex -> plain(403, ex);
			case CredentialException.CredentialUnavailable ex -> plain(502, ex);
			case CredentialException.IdentityUnavailable ex -> plain(502, ex);
			case CredentialException.UnsendableHeader ex -> plain(502, ex);
			case RequestException.MethodNotSupported ex -> plain(405, ex).with("Allow", "GET, HEAD");
			case RequestException.PreconditionFailed ex -> plain(412, ex);
			case RequestException.RangeNotSatisfiable ex -> ex.extent()
				.map((extent) -> plain(416, ex).with("Content-Range", extent.toString()))
				.orElse(plain(416, ex));
			case OverloadException.TooManyRequests ex ->
				ex.retryAfter().map((when) -> plain(429, ex).with("Retry-After", when)).orElse(plain(429, ex));
			case UpstreamException.UpstreamUnreachable ex -> plain(502, ex);
			case UpstreamException.UpstreamFailed ex -> plain(502, ex);
			case UpstreamException.ForbiddenAddress ex -> plain(502, ex);
			case UpstreamException.InvalidAnswer ex -> plain(502, ex);
			case OverloadException.Overloaded ex -> plain(503, ex).with("Retry-After", seconds(ex.retryAfter()));
			case OverloadException.MemoryExhausted ex -> plain(503, ex).with("Retry-After", seconds(ex.retryAfter()));
			case UpstreamException.UpstreamTimedOut ex -> plain(504, ex);
		};
	}

	/**
	 * A failure that is our own fault.
	 * @param requestId where to find it in the log
	 * @return the status
	 */
	static ErrorStatus bug(String requestId) {
		return new ErrorStatus(500, ErrorCode.UNKNOWN.name(),
				"Sluice failed; its log has the cause under request id " + requestId, Map.of());
	}

	private static int status(RequestException.UnreadableRequest.Fault fault) {
		return switch (fault) {
			case MALFORMED -> 400;
			case LINE_TOO_LONG -> 414;
			case HEADERS_TOO_LARGE -> 431;
			case TOO_SLOW -> 408;
		};
	}

	private static String seconds(Duration duration) {
		return Long.toString(Math.max(1, duration.toSeconds()));
	}

	private static ErrorStatus plain(int status, RegistryException ex) {
		return coded(status, ex.code().name(), ex);
	}

	private static ErrorStatus coded(int status, String code, RegistryException ex) {
		return new ErrorStatus(status, code, String.valueOf(ex.getMessage()), Map.of());
	}

	private ErrorStatus with(String header, String value) {
		Map<String, String> more = new LinkedHashMap<>(this.headers);
		more.put(header, value);
		return new ErrorStatus(this.status, this.code, this.message, more);
	}

}
