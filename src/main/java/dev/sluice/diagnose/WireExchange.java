package dev.sluice.diagnose;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.sluice.token.Challenge;
import dev.sluice.transport.TlsPeer;
import dev.sluice.upstream.Quota;

/**
 * One request and what became of it. Immutable; holds no secret.
 *
 * @param place what it was sent to
 * @param method GET, HEAD or POST
 * @param url where to, without its query
 * @param took from the request to the answer's headers
 * @param outcome what came
 */
record WireExchange(Place place, String method, String url, Duration took, Outcome outcome) {

	boolean isAnswered() {
		return this.outcome instanceof Outcome.Answered;
	}

	/** What a request was sent to. */
	enum Place {

		/** The registry's own endpoint. */
		REGISTRY,
		/** The server that issues its tokens. */
		TOKEN_SERVER,
		/** Where it redirects to. */
		REDIRECT

	}

	/** What became of a request. */
	sealed interface Outcome {

		/**
		 * An answer.
		 *
		 * @param status its status
		 * @param challenges what it asks for
		 * @param tls whom the connection leads to
		 * @param quota what it says about a quota
		 */
		record Answered(int status, List<Challenge> challenges, Optional<TlsPeer> tls,
				Optional<Quota> quota) implements Outcome {
		}

		/**
		 * No answer.
		 *
		 * @param why the cause
		 */
		record Failed(String why) implements Outcome {
		}

	}

}
