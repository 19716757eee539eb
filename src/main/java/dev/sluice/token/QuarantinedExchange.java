package dev.sluice.token;

import dev.sluice.credential.Quarantine;
import dev.sluice.credential.Refusal;
import dev.sluice.oci.RegistryException.AccessDenied;
import dev.sluice.oci.RegistryException.CredentialRejected;
import dev.sluice.oci.RegistryException.InvalidAnswer;
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
		return this.quarantine.present(request.login(), place(request), ask(request), ask(request.forScope(NOTHING)))
			.onErrorMap(Refusal.class, (denial) -> new AccessDenied(denial.said()));
	}

	/** By which name the quarantine knows its token server. */
	static String place(TokenRequest request) {
		return "token server " + request.server();
	}

	private Mono<Token> ask(TokenRequest request) {
		return this.exchange.exchange(request)
			.onErrorResume(InvalidAnswer.class, (odd) -> unlessNobodysToo(request, odd))
			.onErrorMap((ex) -> ex instanceof CredentialRejected || ex instanceof AccessDenied,
					(ex) -> new Refusal(String.valueOf(ex.getMessage())));
	}

	/**
	 * A page to log in at, a redirect to one or an empty token may be how a wrong login
	 * is refused. A server that says so to nobody as well is out of order.
	 */
	private Mono<Token> unlessNobodysToo(TokenRequest request, InvalidAnswer odd) {
		AccessDenied refusal = new AccessDenied(
				odd.getMessage() + "; asked as " + request.login().source() + "; " + request.login().remedy());
		return this.exchange.exchange(request.asNobody())
			.onErrorMap((ex) -> (ex instanceof AccessDenied) ? refusal : odd)
			.then(Mono.error(refusal));
	}

}
