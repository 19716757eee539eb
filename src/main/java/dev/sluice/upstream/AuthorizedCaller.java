package dev.sluice.upstream;

import dev.sluice.credential.Login;
import dev.sluice.credential.Quarantine;
import dev.sluice.token.Access;
import dev.sluice.token.Authorization;
import dev.sluice.token.Authorizer;
import dev.sluice.transport.Answer;
import io.netty.handler.codec.http.HttpHeaderNames;
import reactor.core.publisher.Mono;

/**
 * Sends a request with the authorization that the registry wants: what is remembered
 * first, then, on a 401, what its challenge asks for. Thread-safe.
 */
final class AuthorizedCaller {

	/** A first try without or with a stale token, and a fresh token that was revoked. */
	private static final int RETRIES = 2;

	private final Upstream upstream;

	private final Authorizer authorizer;

	private final PresentedLogins presented;

	AuthorizedCaller(Upstream upstream, Authorizer authorizer, RedirectFollower redirects, Quarantine quarantine) {
		this.upstream = upstream;
		this.authorizer = authorizer;
		this.presented = new PresentedLogins(upstream, redirects, quarantine);
	}

	/**
	 * Sends a request.
	 * @param request what is asked
	 * @param login as whom
	 * @return whatever the registry answered, a 401 included once nothing is left to try
	 */
	Mono<Reply> call(UpstreamRequest request, Login login) {
		return provenance(login).announceTo(call(new Attempt(request, access(request), login)));
	}

	private Provenance provenance(Login login) {
		return new Provenance(this.upstream.endpoint().toString(), login.source());
	}

	private Mono<Reply> call(Attempt attempt) {
		return this.authorizer.ahead(attempt.access(), attempt.login())
			.flatMap((authorization) -> send(attempt, authorization, RETRIES));
	}

	private Mono<Reply> send(Attempt attempt, Authorization authorization, int retries) {
		return this.presented.send(attempt.request(), attempt.login(), authorization)
			.flatMap((hop) -> retries > 0 && isChallenge(attempt, authorization, hop)
					? retry(attempt, authorization, hop, retries)
					: Mono.just(new Reply(hop.answer(), attempt.login(), hop.home())));
	}

	/**
	 * Whether a 401 is about what was sent. ECR Public refuses HEAD so whatever is sent:
	 * that of a HEAD counts only where nothing was sent or the token is said to be bad,
	 * or each HEAD would cost a token.
	 */
	private static boolean isChallenge(Attempt attempt, Authorization sent, RedirectFollower.Hop hop) {
		return hop.isChallengeOfEndpoint() && (!attempt.request().isHead() || sent.equals(Authorization.NONE)
				|| hop.answer().header(HttpHeaderNames.WWW_AUTHENTICATE).orElse("").contains("invalid_token"));
	}

	private Mono<Reply> retry(Attempt attempt, Authorization refused, RedirectFollower.Hop hop, int retries) {
		Answer challenge = hop.answer();
		return answer(attempt, refused, challenge).doOnError((ex) -> challenge.release())
			.doOnCancel(challenge::release)
			.flatMap((authorization) -> {
				challenge.release();
				return send(attempt, authorization, retries - 1);
			})
			.switchIfEmpty(Mono.fromSupplier(() -> new Reply(challenge, attempt.login(), true)));
	}

	/**
	 * gcr.io's 401 may name nothing that it wants: what it wants is asked for at
	 * {@code /v2/} then, unless it is remembered.
	 */
	private Mono<Authorization> answer(Attempt attempt, Authorization refused, Answer challenge) {
		Mono<Authorization> answered = this.authorizer.answer(attempt.access(), attempt.login(), refused, challenge);
		boolean bare = challenge.header(HttpHeaderNames.WWW_AUTHENTICATE).isEmpty();
		return (bare && refused.equals(Authorization.NONE)) ? answered.switchIfEmpty(answerOfBase(attempt)) : answered;
	}

	private Mono<Authorization> answerOfBase(Attempt attempt) {
		return this.presented.send(UpstreamRequest.base(), attempt.login(), Authorization.NONE)
			.flatMap(
					(hop) -> Mono
						.defer(() -> hop.isChallengeOfEndpoint() ? this.authorizer.answer(attempt.access(),
								attempt.login(), Authorization.NONE, hop.answer()) : Mono.<Authorization>empty())
						.doFinally((_) -> hop.answer().release()));
	}

	private Access access(UpstreamRequest request) {
		return new Access(this.upstream.endpoint(), request.repository(), request.operation());
	}

	/**
	 * What came back, and as whom we asked.
	 *
	 * @param answer the answer, of any status
	 * @param login the credential used at the endpoint
	 * @param home whether the endpoint's own origin answered
	 */
	record Reply(Answer answer, Login login, boolean home) {
	}

	private record Attempt(UpstreamRequest request, Access access, Login login) {
	}

}
