package dev.sluice.token;

import dev.sluice.transport.Answer;
import dev.sluice.transport.Origin;
import reactor.core.publisher.Mono;

/**
 * Answers a challenge from a host that an upstream redirected to: with an anonymous token
 * or not at all, for our credential doesn't belong there. Thread-safe.
 */
@FunctionalInterface
public interface AnonymousAnswer {

	/**
	 * Fetches an anonymous token.
	 * @param origin who challenges
	 * @param answer its 401; only its headers and reach are read
	 * @return the authorization to retry with; empty where the challenge wants a login
	 */
	Mono<Authorization> to(Origin origin, Answer answer);

}
