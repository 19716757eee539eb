package dev.sluice.upstream;

import dev.sluice.credential.Login;
import dev.sluice.credential.Quarantine;
import dev.sluice.oci.CredentialException.CredentialRejected;
import dev.sluice.oci.RegistryException;
import dev.sluice.token.Authorization;
import dev.sluice.token.RegistryRefusal;
import dev.sluice.token.RememberingAuthorizer;
import dev.sluice.token.ResourceAction;
import reactor.core.publisher.Mono;

/**
 * Sends a request with the authorization that the registry wants: what is remembered for
 * it, or else what worked for the like; then, on a 401, what its challenge asks for. The
 * one place that decides what follows a refusal. Thread-safe.
 */
final class AuthorizedCaller {

	/** A first try without or with a stale token, and a fresh token that was revoked. */
	private static final int RETRIES = 2;

	private final Upstream upstream;

	private final RememberingAuthorizer authorizer;

	private final RedirectFollower redirects;

	private final PresentedLogins presented;

	private final UpstreamListener listener;

	AuthorizedCaller(Upstream upstream, RememberingAuthorizer authorizer, RedirectFollower redirects,
			Quarantine quarantine, UpstreamListener listener) {
		this.upstream = upstream;
		this.authorizer = authorizer;
		this.redirects = redirects;
		this.presented = new PresentedLogins(upstream, redirects, quarantine);
		this.listener = listener;
	}

	/**
	 * Sends a request.
	 * @param request what is asked
	 * @param login as whom
	 * @return whatever the registry answered, a 401 included once nothing is left to try;
	 * its error is a CredentialRejected where the login is no good. Any error says where
	 * it comes from: where no authorization could be got, the login was shown all the
	 * same, to a token server
	 */
	Mono<Reply> call(UpstreamRequest request, Login login) {
		Attempt attempt = new Attempt(request, action(request), login);
		return this.authorizer.ahead(attempt.action(), login)
			.flatMap((authorization) -> send(attempt, authorization, RETRIES))
			.switchIfEmpty(Mono.defer(() -> guess(attempt)))
			.switchIfEmpty(Mono.defer(() -> send(attempt, Authorization.NONE, RETRIES)))
			.onErrorMap((failure) -> this.upstream.provenance(login).of(failure));
	}

	/**
	 * What is refused to a login that the registry hadn't asked for may be open to
	 * anonymous requests.
	 */
	private Mono<Reply> guess(Attempt attempt) {
		return this.authorizer.guess(attempt.action(), attempt.login())
			.flatMap((authorization) -> send(attempt, authorization, RETRIES))
			.flatMap((reply) -> {
				boolean wrong = reply instanceof Reply.Refused refused && refused.home() && !attempt.request().isHead();
				return wrong ? Mono.fromRunnable(() -> this.authorizer.nobodyFirst(attempt.action()))
						: Mono.just(reply);
			});
	}

	private Mono<Reply> send(Attempt attempt, Authorization authorization, int retries) {
		Mono<Reply> sent = this.redirects.send(attempt.request(), attempt.login(), authorization);
		Mono<Reply> judged = authorization.presents(attempt.login().credential())
				? this.presented.judge(attempt.request(), attempt.login(), authorization, sent) : sent;
		return announced(attempt.login(), authorization).then(judged).flatMap((reply) -> switch (reply) {
			case Reply.Refused refused when retries > 0 && isChallenge(attempt, refused) ->
				answer(attempt, refused).flatMap((next) -> send(attempt, next, retries - 1)).defaultIfEmpty(reply);
			case UpstreamAnswer nobodys when retries > 0 && isNobodysCatalog(attempt, authorization) ->
				askAsSomebody(attempt, nobodys, retries - 1);
			default -> Mono.just(reply);
		});
	}

	private Mono<Void> announced(Login login, Authorization sent) {
		return Mono
			.fromRunnable(() -> this.listener.asking(this.upstream.name(), this.upstream.provenance(login, sent)));
	}

	private boolean isNobodysCatalog(Attempt attempt, Authorization sent) {
		return attempt.request().kind() == UpstreamRequest.Kind.CATALOG && sent.equals(Authorization.NONE)
				&& !attempt.login().isAnonymous() && !this.authorizer.knows(attempt.action());
	}

	/**
	 * A catalog may show less to an anonymous request than to our login, without saying
	 * so. What the registry wants is asked for at {@code /v2/}.
	 */
	private Mono<Reply> askAsSomebody(Attempt attempt, UpstreamAnswer nobodys, int retries) {
		return answerOfBase(attempt).flatMap((authorization) -> send(attempt, authorization, retries))
			.filter(UpstreamAnswer.class::isInstance)
			.onErrorResume((ex) -> ex instanceof RegistryException && !(ex instanceof CredentialRejected),
					(_) -> Mono.empty())
			.doOnNext((_) -> nobodys.release())
			.doOnError((_) -> nobodys.release())
			.doOnCancel(nobodys::release)
			.switchIfEmpty(Mono.defer(() -> {
				this.authorizer.nobodyFirst(attempt.action());
				return announced(attempt.login(), Authorization.NONE).thenReturn(nobodys);
			}));
	}

	/**
	 * Whether a 401 is about what was sent. ECR Public answers every HEAD by 401,
	 * whatever is sent: a HEAD's counts only where nothing was sent or the token is said
	 * to be bad; otherwise each HEAD would cost a token.
	 */
	private static boolean isChallenge(Attempt attempt, Reply.Refused refused) {
		return refused.challenge().isPresent()
				&& (!attempt.request().isHead() || refused.sent().showsNobody() || refused.refusal().saysTokenIsBad());
	}

	/**
	 * gcr.io's 401 may name nothing that it wants: what it wants is asked for at
	 * {@code /v2/} then, unless it is remembered.
	 */
	private Mono<Authorization> answer(Attempt attempt, Reply.Refused refused) {
		Mono<Authorization> answered = answer(attempt, refused.sent().authorization(), refused.refusal());
		boolean bare = refused.refusal().isSilent() && refused.sent().showsNobody();
		return bare ? answered.switchIfEmpty(answerOfBase(attempt)) : answered;
	}

	private Mono<Authorization> answerOfBase(Attempt attempt) {
		return this.redirects.send(UpstreamRequest.base(), attempt.login(), Authorization.NONE)
			.doOnNext(Reply::release)
			.flatMap((reply) -> Mono.justOrEmpty(reply.challenge()))
			.flatMap((challenge) -> answer(attempt, Authorization.NONE, challenge));
	}

	private Mono<Authorization> answer(Attempt attempt, Authorization sent, RegistryRefusal challenge) {
		return this.authorizer.answer(attempt.action(), attempt.login(), sent, challenge);
	}

	private ResourceAction action(UpstreamRequest request) {
		return new ResourceAction(this.upstream.endpoint(), request.repository(), request.operation());
	}

	private record Attempt(UpstreamRequest request, ResourceAction action, Login login) {
	}

}
