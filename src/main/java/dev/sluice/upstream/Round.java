package dev.sluice.upstream;

import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;

import dev.sluice.credential.Credential;
import dev.sluice.credential.Login;
import dev.sluice.oci.CredentialException.AccessDenied;
import dev.sluice.oci.CredentialException.CredentialRejected;
import dev.sluice.oci.CredentialException.IdentityUnavailable;
import dev.sluice.oci.RegistryException;
import dev.sluice.oci.RepositoryName;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * One request's round through the logins: each in turn while one is refused. A source is
 * asked for its credential when it is its turn. If one turned out to be no good and no
 * other does, as nobody: public content stays to be had. Used by one request, whose steps
 * come one after the other.
 */
final class Round<T> {

	private final LoginChoice logins;

	private final Deque<LoginChoice.Turn> left;

	private final Function<Login, Mono<T>> ask;

	private final Set<Credential> tried = new HashSet<>();

	private @Nullable RegistryException told;

	private @Nullable RegistryException unavailable;

	/**
	 * Begins a round.
	 * @param logins who may be asked as
	 * @param repository the repository, or null for what has none
	 * @param ask asks as somebody; its error is AccessDenied or CredentialRejected where
	 * that one was refused
	 */
	Round(LoginChoice logins, @Nullable RepositoryName repository, Function<Login, Mono<T>> ask) {
		this.logins = logins;
		this.left = logins.order(repository);
		this.ask = ask;
	}

	/**
	 * Asks as the next login, and goes on to those behind it while one is refused.
	 * @return what the first login yields that isn't refused; else the denial of one that
	 * is good, or the first refusal
	 */
	Mono<T> next() {
		LoginChoice.Turn turn = this.left.poll();
		if (turn == null) {
			return end();
		}
		return turn.login()
			.onErrorResume(RegistryException.class, this::without)
			.filter((login) -> this.tried.add(login.credential()))
			.map((login) -> ask(turn, login).onErrorResume(RegistryException.class, this::refused))
			.defaultIfEmpty(Mono.defer(this::next))
			.flatMap(Function.identity());
	}

	private Mono<T> ask(LoginChoice.Turn turn, Login login) {
		return told(login)
			.onErrorResume(CredentialRejected.class,
					(rejected) -> renewed(turn, login).flatMap(this::told).switchIfEmpty(Mono.error(rejected)))
			.doOnSuccess((_) -> turn.worked().run());
	}

	/** A source that is told of a rejection may have a better one by now. */
	private Mono<T> told(Login login) {
		return this.ask.apply(login).doOnError(CredentialRejected.class, (_) -> this.logins.rejected(login));
	}

	/** A cloud's password that expired costs no pull. */
	private static Mono<Login> renewed(LoginChoice.Turn turn, Login rejected) {
		return turn.login()
			.onErrorResume(RegistryException.class, (_) -> Mono.empty())
			.filter((login) -> !login.credential().equals(rejected.credential()));
	}

	/**
	 * A source can't say what it has. The first failure counts, but a soft one, after
	 * which an anonymous request is made, gives way to one that isn't.
	 */
	private Mono<Login> without(RegistryException cause) {
		if (this.unavailable == null || (isSoft(this.unavailable) && !isSoft(cause))) {
			this.unavailable = cause;
		}
		return Mono.empty();
	}

	/** That a good login was denied says more than that another one was rejected. */
	private Mono<T> refused(RegistryException failure) {
		if (!isRefusal(failure)) {
			return Mono.error(failure);
		}
		if (this.told == null || (failure instanceof AccessDenied && this.told instanceof CredentialRejected)) {
			this.told = failure;
		}
		return next();
	}

	/**
	 * What is left when all had their turn: to ask as nobody, unless a good credential
	 * was denied, or the place where one is kept fails.
	 */
	private Mono<T> end() {
		RegistryException refusal = this.told;
		if (refusal instanceof AccessDenied) {
			return Mono.error(refusal);
		}
		Mono<T> nobody = this.ask.apply(Login.ANONYMOUS);
		if (refusal != null) {
			return nobody.onErrorMap(Round::isRefusal, (_) -> refusal);
		}
		RegistryException cause = this.unavailable;
		if (cause != null && !isSoft(cause)) {
			return Mono.error(cause);
		}
		return (cause != null) ? nobody.onErrorMap(RegistryException.class,
				(failure) -> isRefusal(failure) ? of(cause, failure) : failure) : nobody;
	}

	private static boolean isSoft(RegistryException failure) {
		return failure instanceof IdentityUnavailable;
	}

	/** Where nobody was refused says where the cause showed. */
	private static RegistryException of(RegistryException cause, RegistryException refusal) {
		return refusal.provenance().map(cause::from).orElse(cause);
	}

	private static boolean isRefusal(Throwable failure) {
		return failure instanceof AccessDenied || failure instanceof CredentialRejected;
	}

}
