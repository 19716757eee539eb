package dev.sluice.token;

import java.util.List;
import java.util.Optional;

import dev.sluice.credential.Credential;
import dev.sluice.credential.Login;
import dev.sluice.oci.RegistryException;
import dev.sluice.transport.Answer;
import dev.sluice.transport.Transport.Referrer;
import io.netty.handler.codec.http.HttpHeaderNames;
import reactor.core.publisher.Mono;

/**
 * The authorizer of one upstream: answers Bearer before Basic, and remembers the
 * challenge that it could answer. Basic is sent to the endpoint alone, never to nobody's
 * name. Thread-safe.
 */
public final class RememberingAuthorizer implements Authorizer {

	private final ChallengeMemory memory = new ChallengeMemory();

	private final BearerTokens tokens;

	/**
	 * Makes an authorizer.
	 * @param cache the tokens of all upstreams
	 * @param exchange over this upstream's connections
	 */
	public RememberingAuthorizer(TokenCache cache, QuarantinedExchange exchange) {
		this.tokens = new BearerTokens(cache, exchange);
	}

	@Override
	public Mono<Authorization> ahead(Access access, Login login) {
		return Mono.defer(() -> {
			if (login.credential() instanceof Credential.RegistryToken registry) {
				return Mono.just(Authorization.bearer(registry.token()));
			}
			return this.memory.recall(access)
				.map((demand) -> ahead(access, login, demand))
				.orElseGet(() -> Mono.just(Authorization.NONE));
		});
	}

	private Mono<Authorization> ahead(Access access, Login login, Demand demand) {
		return switch (demand) {
			case Demand.Basic _ -> Mono.just(basic(login).orElse(Authorization.NONE));
			// what we remember may be what is wrong: the registry is asked anew next time
			case Demand.Bearer bearer ->
				this.tokens.current(bearer, login).doOnError((_) -> this.memory.forget(access));
		};
	}

	@Override
	public Mono<Authorization> answer(Access access, Login login, Authorization refused, Answer answer) {
		return Mono.defer(() -> {
			if (login.credential() instanceof Credential.RegistryToken registry) {
				return Mono.just(Authorization.bearer(registry.token())).filter((own) -> !own.equals(refused));
			}
			List<Challenge> challenges = Challenge.parse(answer.headers().getAll(HttpHeaderNames.WWW_AUTHENTICATE));
			return Mono.justOrEmpty(choose(access, refused, challenges, answer))
				.flatMap((demand) -> meet(demand, login, refused, challenges)
					.doOnNext((_) -> this.memory.remember(access, demand)));
		});
	}

	/**
	 * Of a token that was issued only now and may not do this, another would say the
	 * same.
	 */
	private Mono<Authorization> meet(Demand demand, Login login, Authorization refused, List<Challenge> challenges) {
		return switch (demand) {
			case Demand.Bearer bearer when challenges.stream().anyMatch(Challenge::isOfTooLittleScope)
					&& this.tokens.isJustIssued(refused, bearer, login) ->
				Mono.empty();
			case Demand.Bearer bearer -> this.tokens.otherThan(refused, bearer, login);
			case Demand.Basic _ -> Mono.justOrEmpty(basic(login)).filter((own) -> !own.equals(refused));
		};
	}

	/**
	 * Bearer if offered; else what is remembered, if nothing is offered (gcr.io), or if a
	 * token was refused and Basic is (Harbor offers only that to whoever sent an
	 * Authorization); else Basic.
	 */
	private Optional<Demand> choose(Access access, Authorization refused, List<Challenge> challenges, Answer answer) {
		Optional<Demand> bearer = bearer(access, challenges, answer);
		if (bearer.isPresent()) {
			return bearer;
		}
		boolean basicOffered = challenges.stream().anyMatch((challenge) -> challenge.scheme().equals("basic"));
		Optional<Demand> remembered = this.memory.recall(access);
		if (!basicOffered) {
			return challenges.isEmpty() ? remembered : Optional.empty();
		}
		return refused.token().isPresent() ? remembered.or(() -> Optional.of(new Demand.Basic()))
				: Optional.of(new Demand.Basic());
	}

	private static Optional<Demand> bearer(Access access, List<Challenge> challenges, Answer answer) {
		Referrer from = new Referrer(access.endpoint(), answer.reach());
		List<Challenge> offered = challenges.stream().filter((each) -> each.scheme().equals("bearer")).toList();
		Optional<Demand> readable = offered.stream()
			.flatMap((each) -> Demand.Bearer.of(each, from).stream())
			.findFirst()
			.map((demand) -> scoped(demand, access));
		if (readable.isEmpty() && !offered.isEmpty() && offered.size() == challenges.size()) {
			throw new RegistryException.InvalidAnswer(
					access.endpoint() + " asks for a token but names no token server that can be asked");
		}
		return readable;
	}

	/** A challenge without a scope would yield a token without rights. */
	private static Demand scoped(Demand.Bearer demand, Access access) {
		return (access.repository() != null) ? demand.orScope(Scope.pulling(access.repository())) : demand;
	}

	private static Optional<Authorization> basic(Login login) {
		return (login.credential() instanceof Credential.Basic basic) ? Optional.of(Authorization.basic(basic))
				: Optional.empty();
	}

}
