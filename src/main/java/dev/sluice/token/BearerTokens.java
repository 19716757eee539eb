package dev.sluice.token;

import dev.sluice.credential.Login;
import dev.sluice.credential.Secret;
import reactor.core.publisher.Mono;

/**
 * The tokens of one upstream as {@code Authorization}s. Thread-safe.
 */
final class BearerTokens {

	private final TokenCache cache;

	private final TokenExchange exchange;

	BearerTokens(TokenCache cache, TokenExchange exchange) {
		this.cache = cache;
		this.exchange = exchange;
	}

	/**
	 * What we have, or a fresh one.
	 * @param demand what the registry wants
	 * @param login as whom
	 * @return the authorization
	 */
	Mono<Authorization> current(Demand.Bearer demand, Login login) {
		return this.cache.get(new TokenRequest(demand, login), this.exchange)
			.map(Token::value)
			.map(Authorization::bearer);
	}

	/**
	 * Another than the one that was refused.
	 * @param refused what was sent and refused
	 * @param demand what the registry wants
	 * @param login as whom
	 * @return the authorization, or empty if the token server issues the same once more
	 */
	Mono<Authorization> otherThan(Authorization refused, Demand.Bearer demand, Login login) {
		return Mono.defer(() -> {
			refused.token().ifPresent((token) -> drop(token, demand, login));
			return current(demand, login).filter((authorization) -> !authorization.equals(refused));
		});
	}

	/**
	 * Whether what was refused is a token that was issued for this only now.
	 * @param refused what was sent and refused
	 * @param demand what the registry wants
	 * @param login as whom
	 * @return whether another would be no better
	 */
	boolean isJustIssued(Authorization refused, Demand.Bearer demand, Login login) {
		return refused.token()
			.filter((token) -> this.cache.isJustIssued(new TokenRequest(demand, login).key(), token))
			.isPresent();
	}

	private void drop(Secret token, Demand.Bearer demand, Login login) {
		this.cache.drop(new TokenRequest(demand, login).key(), token);
	}

}
