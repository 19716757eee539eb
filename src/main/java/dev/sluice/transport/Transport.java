package dev.sluice.transport;

import reactor.core.publisher.Mono;

/**
 * The connections of one upstream: its own endpoints, and the realms and redirects that
 * they name. Thread-safe.
 */
public interface Transport {

	/**
	 * Sends a request to one of the upstream's own endpoints, with its client certificate
	 * and extra headers. Only addresses that are never right (link-local, metadata) are
	 * refused.
	 * @param request what to send
	 * @return the answer; its error is a {@link dev.sluice.oci.RegistryException} that
	 * names the origin and the cause (UpstreamUnreachable, UpstreamTimedOut,
	 * ForbiddenAddress, Overloaded, InvalidAnswer). Cancelling closes the connection.
	 */
	Mono<Answer> send(OutboundRequest request);

	/**
	 * Sends a request to an origin that an upstream named: a token realm or a redirect's
	 * target. Sent without client certificate and extra headers unless the origin is one
	 * of the upstream's own endpoints, and it was one that named it.
	 * @param request what to send
	 * @param from who named it
	 * @return as {@link #send(OutboundRequest)}; ForbiddenAddress where the address guard
	 * or the rule "https is never left for http" says so
	 */
	Mono<Answer> sendTo(OutboundRequest request, Referrer from);

	/**
	 * Who named an origin.
	 *
	 * @param origin the origin that answered
	 * @param reach how far away it is
	 * @param astray whether another host had led there: then whatever it names is a
	 * stranger, even one of the upstream's endpoints
	 */
	record Referrer(Origin origin, Reach reach, boolean astray) {

		/**
		 * An origin that no other host had led to.
		 * @param origin the origin that answered
		 * @param reach how far away it is
		 */
		public Referrer(Origin origin, Reach reach) {
			this(origin, reach, false);
		}

	}

}
