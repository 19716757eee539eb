package dev.sluice.upstream;

import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;

import dev.sluice.credential.Credential;
import dev.sluice.credential.CredentialChain;
import dev.sluice.credential.Login;
import dev.sluice.oci.CredentialException.AccessDenied;
import dev.sluice.oci.CredentialException.CredentialRejected;
import dev.sluice.oci.CredentialException.IdentityUnavailable;
import dev.sluice.oci.RegistryException;
import dev.sluice.transport.Origin;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * One request's round through the logins: each in turn while one is refused. A source is
 * asked for its credential when it is its turn. If one turned out to be no good and no
 * other does, as nobody: public content stays to be had. Used by one request, whose steps
 * come one after the other.
 */
final class Round<T> {

	private final Origin endpoint;

	private final CredentialChain credentials;

	private final Deque<LoginChoice.Turn> left;

	private final Function<Login, Mono<T>> ask;

	private final Set<Credential> tried = new HashSet<>();

	private @Nullable Throwable told;

	private @Nullable Login rejected;

	private @Nullable RegistryException unavailable;

	Round(Origin endpoint, CredentialChain credentials, Deque<LoginChoice.Turn> order, Function<Login, Mono<T>> ask) {
		this.endpoint = endpoint;
		this.credentials = credentials;
		this.left = order;
		this.ask = ask;
	}

	/** Asks as the next login, and goes on to those behind it while one is refused. */
	Mono<T> next() {
		LoginChoice.Turn turn = this.left.poll();
		if (turn == null) {
			return end();
		}
		return turn.login()
			.onErrorResume(RegistryException.class, this::without)
			.filter((login) -> this.tried.add(login.credential()))
			.map((login) -> ask(turn, login).onErrorResume(Round::isRefusal, (refusal) -> refused(login, refusal)))
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
		return this.ask.apply(login)
			.doOnError(CredentialRejected.class, (_) -> this.credentials.rejected(login.credential()));
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
	private Mono<T> refused(Login login, Throwable refusal) {
		boolean denied = refusal instanceof AccessDenied;
		if (this.told == null || (denied && this.told instanceof CredentialRejected)) {
			this.told = refusal;
		}
		if (!denied && this.rejected == null) {
			this.rejected = login;
		}
		return next();
	}

	/**
	 * What is left when all had their turn: to ask as nobody, unless a good credential
	 * was denied, or the place where one is kept fails.
	 */
	private Mono<T> end() {
		Throwable refusal = this.told;
		if (refusal instanceof AccessDenied) {
			return Mono.error(refusal);
		}
		Mono<T> nobody = this.ask.apply(Login.ANONYMOUS);
		if (refusal != null) {
			return nobody.onErrorResume(Round::isRefusal, (_) -> announced(this.rejected, refusal));
		}
		RegistryException cause = this.unavailable;
		if (cause != null && !isSoft(cause)) {
			return Mono.error(cause);
		}
		return (cause != null) ? nobody.onErrorMap(Round::isRefusal, (_) -> cause) : nobody;
	}

	private static boolean isSoft(RegistryException failure) {
		return failure instanceof IdentityUnavailable;
	}

	private Mono<T> announced(@Nullable Login login, Throwable refusal) {
		return Provenance.of(this.endpoint, (login != null) ? login : Login.ANONYMOUS, true)
			.announceTo(Mono.error(refusal));
	}

	private static boolean isRefusal(Throwable failure) {
		return failure instanceof AccessDenied || failure instanceof CredentialRejected;
	}

}
