package dev.sluice.token;

import java.util.List;

import dev.sluice.credential.Login;
import dev.sluice.transport.Answer;
import dev.sluice.transport.Origin;
import dev.sluice.transport.Transport.Referrer;
import io.netty.handler.codec.http.HttpHeaderNames;
import reactor.core.publisher.Mono;

/**
 * Answers the challenge of a redirect's target: as nobody, whoever we are at the
 * registry, since no credential belongs there. Nothing is remembered. Thread-safe.
 */
public final class RedirectAuthorizer {

	private final BearerTokens tokens;

	/**
	 * Makes an authorizer.
	 * @param cache the tokens of all upstreams
	 * @param client over the connections of the upstream that redirected
	 */
	public RedirectAuthorizer(TokenCache cache, TokenClient client) {
		this.tokens = new BearerTokens(cache, client);
	}

	/**
	 * What to send after a 401 of a redirect's target.
	 * @param target the target that answered
	 * @param refused what was sent there and refused
	 * @param answer the 401; only its headers and reach are read
	 * @return an anonymous token; empty if none is wanted or there is no other one.
	 * Errors as with {@link Authorizer#answer}
	 */
	public Mono<Authorization> answer(Origin target, Authorization refused, Answer answer) {
		return Mono.defer(() -> {
			Referrer from = new Referrer(target, answer.reach());
			List<Challenge> challenges = Challenge.parse(answer.headers().getAll(HttpHeaderNames.WWW_AUTHENTICATE));
			return challenges.stream()
				.filter((challenge) -> challenge.scheme().equals("bearer"))
				.flatMap((challenge) -> Demand.Bearer.of(challenge, from).stream())
				.findFirst()
				.map((demand) -> this.tokens.otherThan(refused, demand, Login.ANONYMOUS))
				.orElseGet(Mono::empty);
		});
	}

}
