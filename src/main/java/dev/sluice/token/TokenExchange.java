package dev.sluice.token;

import reactor.core.publisher.Mono;

/**
 * Trades a credential for a token. Thread-safe; never blocks.
 */
@FunctionalInterface
interface TokenExchange {

	/**
	 * Asks for a token.
	 * @param request what for, and as whom
	 * @return a fresh token; its error is a {@link dev.sluice.oci.RegistryException}
	 */
	Mono<Token> exchange(TokenRequest request);

}
