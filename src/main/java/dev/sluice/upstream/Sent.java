package dev.sluice.upstream;

import dev.sluice.credential.Login;
import dev.sluice.oci.Provenance;
import dev.sluice.token.Authorization;
import dev.sluice.token.SentSecrets;
import dev.sluice.transport.Origin;
import dev.sluice.transport.OutboundRequest;
import dev.sluice.transport.Url;
import io.netty.handler.codec.http.HttpHeaders;

/**
 * A request as it was sent to an upstream: whoever judges what comes back knows all of
 * it. Immutable.
 *
 * @param upstream whom is asked
 * @param request what is asked
 * @param login as whom
 * @param authorization what is shown at the endpoint
 * @param secrets all that nobody may repeat of it
 */
record Sent(Upstream upstream, UpstreamRequest request, Login login, Authorization authorization, SentSecrets secrets) {

	/** Whether it shows the login itself, and not a token made from it. */
	boolean presentsLogin() {
		return this.authorization.presents(this.login.credential());
	}

	/** Whether it shows no login, whoever it is sent for. */
	boolean showsNobody() {
		return this.authorization.equals(Authorization.NONE);
	}

	Provenance provenance() {
		return this.upstream.provenance(this.login, this.authorization);
	}

	/** All of its headers: what is for the endpoint alone, too. */
	HttpHeaders headersAtHome() {
		HttpHeaders headers = this.request.headers().copy();
		this.login.headers().forEach(headers::set);
		return this.authorization.addedTo(headers);
	}

	OutboundRequest to(Url url, HttpHeaders headers) {
		return OutboundRequest.of(this.request.method(), url, headers);
	}

	/**
	 * What was answered, by whom: a host that a registry redirects to is named, since its
	 * faults are for somebody else to mend.
	 * @param home whether the endpoint answered
	 * @param origin who answered
	 * @param words what
	 * @return the beginning of a sentence
	 */
	String answered(boolean home, Origin origin, String words) {
		return this.upstream.name() + (home ? "" : " redirected to " + origin + ", which") + " answered " + words;
	}

}
