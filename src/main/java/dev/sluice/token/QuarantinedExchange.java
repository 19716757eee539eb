package dev.sluice.token;

import dev.sluice.credential.Quarantine;
import dev.sluice.credential.Refusal;
import dev.sluice.oci.RegistryException.AccessDenied;
import dev.sluice.oci.RegistryException.CredentialRejected;
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
			.onErrorMap((ex) -> ex instanceof CredentialRejected || ex instanceof AccessDenied,
					(ex) -> new Refusal(String.valueOf(ex.getMessage())));
	}

}
