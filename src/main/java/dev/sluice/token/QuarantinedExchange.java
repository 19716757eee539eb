package dev.sluice.token;

import java.util.concurrent.atomic.AtomicBoolean;

import dev.sluice.credential.Quarantine;
import dev.sluice.credential.Refusal;
import dev.sluice.oci.CredentialException.AccessDenied;
import dev.sluice.oci.CredentialException.CredentialRejected;
import dev.sluice.oci.UpstreamException.InvalidAnswer;
import reactor.core.publisher.Mono;

/**
 * Asks a token server only with credentials that aren't in quarantine there. Where a
 * token is refused, a request without a scope tells a rejected credential from one that
 * may not do this. Thread-safe; never blocks.
 */
public final class QuarantinedExchange implements TokenExchange {

	private static final Scope NOTHING = new Scope("");

	private final TokenExchange exchange;

	private final Quarantine quarantine;

	/**
	 * Makes an exchange.
	 * @param exchange who asks
	 * @param quarantine what isn't to be presented
	 */
	public QuarantinedExchange(TokenClient exchange, Quarantine quarantine) {
		this.exchange = exchange;
		this.quarantine = quarantine;
	}

	@Override
	public Mono<Token> exchange(TokenRequest request) {
		if (request.login().isAnonymous()) {
			return this.exchange.exchange(request);
		}
		return Mono.defer(() -> {
			AtomicBoolean refused = new AtomicBoolean();
			Mono<Token> attempt = ask(request).doOnError(Refusal.class, (_) -> refused.set(true));
			TokenRequest nothing = request.forScope(NOTHING);
			Mono<Token> probe = Mono.defer(() -> refused.get() ? ask(nothing) : orOdd(ask(nothing), nothing));
			return this.quarantine.present(request.login(), place(request), orOdd(attempt, request), probe);
		}).onErrorMap(Refusal.class, (denial) -> new AccessDenied(denial.said()));
	}

	/** By which name the quarantine knows its token server. */
	static String place(TokenRequest request) {
		return "token server " + request.server();
	}

	private Mono<Token> ask(TokenRequest request) {
		return this.exchange.exchange(request)
			.onErrorMap((ex) -> ex instanceof CredentialRejected || ex instanceof AccessDenied,
					(ex) -> new Refusal(String.valueOf(ex.getMessage())));
	}

	/**
	 * A login page, a redirect to one or an empty token may be how a server refuses a
	 * wrong login: it is taken for a refusal, unless an anonymous request fares no
	 * better, for then the server is out of order. A server that refused the attempt as
	 * it should knows how to: its odd answer to the probe may only mean that it wants a
	 * scope.
	 */
	private Mono<Token> orOdd(Mono<Token> asked, TokenRequest request) {
		return asked.onErrorResume(InvalidAnswer.class, (odd) -> {
			Refusal refusal = new Refusal(
					odd.getMessage() + "; asked as " + request.login().source() + "; " + request.login().remedy());
			return ask(request.asNobody()).onErrorMap((ex) -> (ex instanceof Refusal) ? refusal : odd)
				.then(Mono.error(refusal));
		});
	}

}
