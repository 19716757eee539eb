package dev.sluice.transport;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import org.jspecify.annotations.Nullable;

/**
 * A request that Sluice makes. Following redirects and authorizing are the caller's job.
 *
 * @param method GET, HEAD or POST
 * @param url where to
 * @param headers exactly what is sent, but for {@code Host}, {@code User-Agent} and
 * {@code Accept-Encoding: identity}, which the transport adds, and the upstream's own
 * extra headers, which it adds at the upstream's own origin
 * @param body the body, {@code application/x-www-form-urlencoded} unless the headers say
 * otherwise, or null
 */
public record OutboundRequest(HttpMethod method, Url url, HttpHeaders headers, @Nullable String body) {

	public static OutboundRequest of(HttpMethod method, Url url, HttpHeaders headers) {
		return new OutboundRequest(method, url, headers, null);
	}

	/** Method and path, never the query or a header: those may hold secrets. */
	@Override
	public String toString() {
		return this.method + " " + this.url;
	}

}
