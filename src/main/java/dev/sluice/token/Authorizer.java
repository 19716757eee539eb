package dev.sluice.token;

import dev.sluice.credential.Login;
import dev.sluice.transport.Answer;
import reactor.core.publisher.Mono;

/**
 * Turns challenges and credentials into {@code Authorization}s for one upstream, and
 * remembers what it learned. Thread-safe.
 */
public interface Authorizer {

	/**
	 * What to send before the registry asks: a registry token as it is, or what the
	 * remembered challenge wants, with a cached token or a fresh one.
	 * @param access what we want to do where
	 * @param login as whom
	 * @return the authorization, {@link Authorization#NONE} where no challenge is
	 * remembered
	 */
	Mono<Authorization> ahead(Access access, Login login);

	/**
	 * What to send after a 401: the challenge is remembered, a token that was just
	 * refused is dropped and fetched anew.
	 * @param access what we wanted to do where
	 * @param login as whom
	 * @param refused what was sent and refused
	 * @param answer the 401; only its headers and reach are read
	 * @return the authorization to retry with; empty where there is nothing left to try.
	 * Errors: CredentialRejected or AccessDenied from the token server, and whatever the
	 * transport says
	 */
	Mono<Authorization> answer(Access access, Login login, Authorization refused, Answer answer);

}
