package dev.sluice.web;

import java.util.Optional;

import dev.sluice.oci.Printable;
import dev.sluice.oci.RegistryException;
import dev.sluice.oci.RequestException;
import dev.sluice.oci.RequestException.UnreadableRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import org.jspecify.annotations.Nullable;

/**
 * Why a request is refused before anybody looks at what it asks for.
 */
enum Refusal {

	/** It isn't HTTP/1.x, or its target is none. */
	MALFORMED,
	/** Its first line is too long. */
	LINE_TOO_LONG,
	/** Its headers are too large. */
	HEADERS_TOO_LARGE,
	/** Its headers came too slowly. */
	HEAD_TOO_SLOW,
	/** It has no {@code Host}, several, or one that is none (RFC 9112, 3.2). */
	HOST_MISSING,
	/** It came by a name that isn't known to be Sluice's. */
	FOREIGN_HOST,
	/** A browser sends it for a page of somebody else's. */
	FOREIGN_ORIGIN;

	/**
	 * Carries a refusal from where requests are read to where they are answered. None
	 * that a client sends gets there.
	 */
	private static final String HEADER = "x-sluice-refusal";

	static Refusal of(Throwable unreadable) {
		return switch (unreadable) {
			case TooLongHttpLineException _ -> LINE_TOO_LONG;
			case TooLongHttpHeaderException _ -> HEADERS_TOO_LARGE;
			case HeadDeadline.SlowHeadException _ -> HEAD_TOO_SLOW;
			default -> MALFORMED;
		};
	}

	static void removeFrom(HttpHeaders headers) {
		headers.remove(HEADER);
	}

	void addTo(HttpHeaders headers) {
		headers.set(HEADER, name());
	}

	/**
	 * The failure that a request was refused by.
	 * @param headers the request's headers
	 * @return the failure, or empty if it wasn't
	 */
	static Optional<RegistryException> failure(org.springframework.http.HttpHeaders headers) {
		return Optional.ofNullable(headers.getFirst(HEADER))
			.map(Refusal::valueOf)
			.map((it) -> it.failure(headers.getFirst(HttpHeaderNames.HOST.toString()),
					headers.getFirst(HttpHeaderNames.ORIGIN.toString())));
	}

	private RegistryException failure(@Nullable String host, @Nullable String origin) {
		return switch (this) {
			case MALFORMED ->
				new UnreadableRequest(UnreadableRequest.Fault.MALFORMED, "this is no well-formed HTTP/1.1 request");
			case LINE_TOO_LONG ->
				new UnreadableRequest(UnreadableRequest.Fault.LINE_TOO_LONG, "the request's first line is too long");
			case HEADERS_TOO_LARGE -> new UnreadableRequest(UnreadableRequest.Fault.HEADERS_TOO_LARGE,
					"the request's headers are too large or too many");
			case HEAD_TOO_SLOW -> new UnreadableRequest(UnreadableRequest.Fault.TOO_SLOW,
					"the request's headers didn't come to their end in time");
			case HOST_MISSING -> new UnreadableRequest(UnreadableRequest.Fault.MALFORMED,
					"the request needs one Host header, host or host:port");
			case FOREIGN_HOST -> new RequestException.ForeignRequest("'" + Printable.of(String.valueOf(host))
					+ "' isn't known to be a name of Sluice's: if it is, add it to sluice.host-names (SLUICE_HOST_NAMES)");
			case FOREIGN_ORIGIN -> new RequestException.ForeignRequest(
					"a page of another origin (" + Printable.of(String.valueOf(origin)) + ") may not ask Sluice");
		};
	}

}
