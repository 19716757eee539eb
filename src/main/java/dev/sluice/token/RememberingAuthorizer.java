package dev.sluice.token;

import java.util.Optional;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.sluice.credential.Credential;
import dev.sluice.credential.Login;
import dev.sluice.credential.Quarantine;
import dev.sluice.oci.CredentialException;
import dev.sluice.oci.RegistryException;
import dev.sluice.oci.UpstreamException;
import reactor.core.publisher.Mono;

/**
 * Turns what one upstream asks for, and a credential, into an {@code Authorization}:
 * Bearer before Basic. Remembers what it could answer. Basic is sent to the endpoint
 * alone, and only where there is a password. Thread-safe.
 */
public final class RememberingAuthorizer {

	private final ChallengeMemory memory = new ChallengeMemory(Ticker.systemTicker());

	private final BearerTokens tokens;

	private final Quarantine quarantine;

	/**
	 * Makes an authorizer.
	 * @param cache the tokens of all upstreams
	 * @param exchange over this upstream's connections
	 * @param quarantine what is known of logins
	 */
	public RememberingAuthorizer(TokenCache cache, QuarantinedExchange exchange, Quarantine quarantine) {
		this.tokens = new BearerTokens(cache, exchange);
		this.quarantine = quarantine;
	}

	/**
	 * What to send before the registry asks: a registry token as it is, or what the
	 * remembered challenge wants, with a cached token or a fresh one.
	 * @param action what we want to do where
	 * @param login as whom
	 * @return the authorization, perhaps {@link Authorization#NONE}; empty where no
	 * challenge is remembered
	 */
	public Mono<Authorization> ahead(ResourceAction action, Login login) {
		return Mono.defer(() -> {
			if (login.credential() instanceof Credential.RegistryToken registry) {
				return Mono.just(Authorization.bearer(registry.token()));
			}
			return Mono.justOrEmpty(this.memory.recall(action))
				.flatMap((demand) -> current(demand, login)
					// the challenge that we remember may be wrong
					.doOnError((_) -> this.memory.forget(action)));
		});
	}

	/**
	 * What to send for something that the registry was never asked for, if it is
	 * remembered what it wanted for the like, and the login is known to work: this saves
	 * a request that would be refused. If the registry refuses this one as well, it may
	 * still answer an anonymous request, see {@link #nobodyFirst}.
	 * @param action what we want to do where
	 * @param login as whom
	 * @return the authorization; empty where there is nothing to go by. Errors:
	 * CredentialRejected and UpstreamTimedOut from the token server
	 */
	public Mono<Authorization> guess(ResourceAction action, Login login) {
		return Mono.defer(() -> Mono.justOrEmpty(this.memory.infer(action)))
			.filter((demand) -> hasWorked(login, demand, action))
			.flatMap((demand) -> current(demand, login))
			.onErrorResume(RememberingAuthorizer::isWorthAsking, (_) -> Mono.empty());
	}

	/**
	 * Whether the registry is still worth asking after a guess failed: not with a
	 * rejected login, and not after a time-out, since waiting once is enough.
	 */
	private static boolean isWorthAsking(Throwable failure) {
		return failure instanceof RegistryException && !(failure instanceof CredentialException.CredentialRejected)
				&& !(failure instanceof UpstreamException.UpstreamTimedOut);
	}

	private boolean hasWorked(Login login, Demand demand, ResourceAction action) {
		return !login.isAnonymous() && switch (demand) {
			case Demand.Nothing _ -> false;
			case Demand.Basic _ -> this.quarantine.isInUse(login, action.endpoint().toString());
			case Demand.Bearer bearer ->
				this.quarantine.isInUse(login, QuarantinedExchange.place(new TokenRequest(bearer, login)));
		};
	}

	private Mono<Authorization> current(Demand demand, Login login) {
		return switch (demand) {
			case Demand.Nothing _ -> Mono.just(Authorization.NONE);
			case Demand.Basic _ -> Mono.just(basic(login).orElse(Authorization.NONE));
			case Demand.Bearer bearer -> this.tokens.current(bearer, login);
		};
	}

	/**
	 * Whether the registry said what it wants for this.
	 * @param action what we want to do where
	 * @return whether it is remembered
	 */
	public boolean knows(ResourceAction action) {
		return this.memory.recall(action).isPresent();
	}

	/**
	 * A login gets no more of this than an anonymous request: from now on it is asked for
	 * anonymously first, until the registry asks for more.
	 * @param action what we want to do where
	 */
	public void nobodyFirst(ResourceAction action) {
		this.memory.remember(action, new Demand.Nothing());
	}

	/**
	 * What to send after a 401: what it asks for is remembered, a token that was just
	 * refused is dropped and fetched anew.
	 * @param action what we wanted to do where
	 * @param login as whom
	 * @param refused what was sent and refused
	 * @param refusal what the registry said
	 * @return the authorization to retry with; empty where there is nothing left to try.
	 * Errors: CredentialRejected or AccessDenied from the token server, and whatever the
	 * transport says
	 */
	public Mono<Authorization> answer(ResourceAction action, Login login, Authorization refused,
			RegistryRefusal refusal) {
		return Mono.defer(() -> {
			if (login.credential() instanceof Credential.RegistryToken registry) {
				return Mono.just(Authorization.bearer(registry.token())).filter((own) -> !own.equals(refused));
			}
			return Mono.justOrEmpty(choose(action, refused, refusal))
				.flatMap((demand) -> meet(demand, login, refused, refusal)
					.doOnNext((_) -> this.memory.remember(action, demand)));
		});
	}

	/**
	 * What to send after a 401 of a redirect's target: a token for nobody, whoever we are
	 * at the registry, since no credential belongs there. Nothing is remembered.
	 * @param refusal what the target said
	 * @return an anonymous token; empty if none is wanted
	 */
	public Mono<Authorization> answerAsNobody(RegistryRefusal refusal) {
		return Mono.defer(() -> Mono.justOrEmpty(refusal.token()))
			.flatMap((demand) -> this.tokens.current(demand, Login.ANONYMOUS));
	}

	/**
	 * Of a token that was issued only now and may not do this, another would say the
	 * same.
	 */
	private Mono<Authorization> meet(Demand demand, Login login, Authorization refused, RegistryRefusal refusal) {
		return switch (demand) {
			case Demand.Nothing _ -> Mono.empty();
			case Demand.Bearer bearer when refusal.saysScopeIsTooSmall()
					&& this.tokens.isJustIssued(refused, bearer, login) ->
				Mono.empty();
			case Demand.Bearer bearer -> this.tokens.otherThan(refused, bearer, login);
			case Demand.Basic _ -> Mono.justOrEmpty(basic(login)).filter((own) -> !own.equals(refused));
		};
	}

	/**
	 * Bearer comes first. What is remembered counts where nothing is offered (gcr.io),
	 * and where a token was refused and only Basic is offered, as Harbor does to whoever
	 * sent an Authorization. Basic comes last.
	 */
	private Optional<Demand> choose(ResourceAction action, Authorization refused, RegistryRefusal refusal) {
		Optional<Demand> bearer = bearer(action, refusal);
		if (bearer.isPresent()) {
			return bearer;
		}
		Optional<Demand> remembered = this.memory.recall(action)
			.filter((demand) -> !(demand instanceof Demand.Nothing))
			.or(() -> this.memory.infer(action));
		if (!refusal.asksForBasic()) {
			return refusal.isSilent() ? remembered : Optional.empty();
		}
		return refused.token().isPresent() ? remembered.or(() -> Optional.of(new Demand.Basic()))
				: Optional.of(new Demand.Basic());
	}

	private static Optional<Demand> bearer(ResourceAction action, RegistryRefusal refusal) {
		if (refusal.asksForUnobtainableToken()) {
			throw new UpstreamException.InvalidAnswer(
					action.endpoint() + " asks for a token but names no token server that can be asked");
		}
		return refusal.token().map((demand) -> scoped(demand, action));
	}

	/** A challenge without a scope would yield a token without rights. */
	private static Demand scoped(Demand.Bearer demand, ResourceAction action) {
		return (action.repository() != null) ? demand.orScope(Scope.pulling(action.repository())) : demand;
	}

	private static Optional<Authorization> basic(Login login) {
		return (login.credential() instanceof Credential.Basic basic) ? Optional.of(Authorization.basic(basic))
				: Optional.empty();
	}

}
