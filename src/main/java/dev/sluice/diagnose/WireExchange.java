package dev.sluice.diagnose;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.sluice.token.Challenge;
import dev.sluice.token.SentSecrets;
import dev.sluice.transport.TlsPeer;
import dev.sluice.upstream.Quota;

/**
 * One request and what became of it, as it was. Immutable.
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

	/**
	 * The same for people to read. In the registry's own address a short word isn't
	 * hidden that happens to be a password too: it stands there by itself.
	 * @param secrets what isn't shown
	 * @return an exchange without the words that repeat one
	 */
	WireExchange redacted(SentSecrets secrets) {
		boolean own = this.place == Place.REGISTRY && !secrets.areInHeader(this.url);
		return new WireExchange(this.place, this.method, own ? this.url : secrets.redactedIn(this.url), this.took,
				this.outcome.redacted(secrets));
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

		default Outcome redacted(SentSecrets secrets) {
			return this;
		}

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

			@Override
			public Outcome redacted(SentSecrets secrets) {
				List<Challenge> shown = this.challenges.stream().map((each) -> each.redacted(secrets)).toList();
				return new Answered(this.status, shown, this.tls, this.quota);
			}

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
