package dev.sluice.upstream;

import dev.sluice.credential.Login;
import dev.sluice.credential.Quarantine;
import dev.sluice.token.Access;
import dev.sluice.token.Authorization;
import dev.sluice.token.RegistryRefusal;
import dev.sluice.token.RememberingAuthorizer;
import reactor.core.publisher.Mono;

/**
 * Sends a request with the authorization that the registry wants: what is remembered
 * first, then, on a 401, what its challenge asks for. The one place that decides what
 * follows a refusal. Thread-safe.
 */
final class AuthorizedCaller {

	/** A first try without or with a stale token, and a fresh token that was revoked. */
	private static final int RETRIES = 2;

	private final Upstream upstream;

	private final RememberingAuthorizer authorizer;

	private final RedirectFollower redirects;

	private final PresentedLogins presented;

	AuthorizedCaller(Upstream upstream, RememberingAuthorizer authorizer, RedirectFollower redirects,
			Quarantine quarantine) {
		this.upstream = upstream;
		this.authorizer = authorizer;
		this.redirects = redirects;
		this.presented = new PresentedLogins(upstream, redirects, quarantine);
	}

	/**
	 * Sends a request.
	 * @param request what is asked
	 * @param login as whom
	 * @return whatever the registry answered, a 401 included once nothing is left to try;
	 * its error is a CredentialRejected where the login is no good
	 */
	Mono<Reply> call(UpstreamRequest request, Login login) {
		Attempt attempt = new Attempt(request, access(request), login);
		return provenance(login).announceTo(this.authorizer.ahead(attempt.access(), login)
			.flatMap((authorization) -> send(attempt, authorization, RETRIES)));
	}

	private Provenance provenance(Login login) {
		return new Provenance(this.upstream.endpoint().toString(), login.source());
	}

	private Mono<Reply> send(Attempt attempt, Authorization authorization, int retries) {
		return this.presented.send(attempt.request(), attempt.login(), authorization)
			.flatMap((reply) -> (retries > 0 && reply instanceof Reply.Refused refused && isChallenge(attempt, refused))
					? answer(attempt, refused).flatMap((next) -> send(attempt, next, retries - 1)).defaultIfEmpty(reply)
					: Mono.just(reply));
	}

	/**
	 * Whether a 401 is about what was sent. ECR Public refuses HEAD so whatever is sent:
	 * that of a HEAD counts only where nothing was sent or the token is said to be bad,
	 * or each HEAD would cost a token.
	 */
	private static boolean isChallenge(Attempt attempt, Reply.Refused refused) {
		return refused.challenge().isPresent() && (!attempt.request().isHead()
				|| refused.sent().equals(Authorization.NONE) || refused.refusal().saysTokenIsBad());
	}

	/**
	 * gcr.io's 401 may name nothing that it wants: what it wants is asked for at
	 * {@code /v2/} then, unless it is remembered.
	 */
	private Mono<Authorization> answer(Attempt attempt, Reply.Refused refused) {
		Mono<Authorization> answered = answer(attempt, refused.sent(), refused.refusal());
		boolean bare = refused.refusal().isSilent() && refused.sent().equals(Authorization.NONE);
		return bare ? answered.switchIfEmpty(answerOfBase(attempt)) : answered;
	}

	private Mono<Authorization> answerOfBase(Attempt attempt) {
		return this.redirects.send(UpstreamRequest.base(), attempt.login(), Authorization.NONE)
			.doOnNext(Reply::release)
			.flatMap((reply) -> Mono.justOrEmpty(reply.challenge()))
			.flatMap((challenge) -> answer(attempt, Authorization.NONE, challenge));
	}

	private Mono<Authorization> answer(Attempt attempt, Authorization sent, RegistryRefusal challenge) {
		return this.authorizer.answer(attempt.access(), attempt.login(), sent, challenge);
	}

	private Access access(UpstreamRequest request) {
		return new Access(this.upstream.endpoint(), request.repository(), request.operation());
	}

	private record Attempt(UpstreamRequest request, Access access, Login login) {
	}

}
