package dev.sluice.upstream;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;

import dev.sluice.credential.Credential;
import dev.sluice.credential.Login;
import dev.sluice.oci.RegistryException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * One request's round through the logins: what was tried, and what is told in the end.
 * Used by one request, whose steps come one after the other.
 */
final class Round<T> {

	private final Upstream upstream;

	private final Function<Login, Mono<T>> ask;

	private final Set<Credential> tried = new HashSet<>();

	private @Nullable Throwable told;

	private @Nullable Login rejected;

	private @Nullable RegistryException failure;

	Round(Upstream upstream, Function<Login, Mono<T>> ask) {
		this.upstream = upstream;
		this.ask = ask;
	}

	Function<Login, Mono<T>> ask() {
		return this.ask;
	}

	boolean isNew(Login login) {
		return this.tried.add(login.credential());
	}

	/** A source can't say what it has: the first one counts that keeps it from nobody. */
	Mono<Login> failed(RegistryException cause) {
		if (this.failure == null || (isSoft(this.failure) && !isSoft(cause))) {
			this.failure = cause;
		}
		return Mono.empty();
	}

	/** A denial of one that is good says more than that another is no good. */
	void refused(Login login, Throwable refusal) {
		boolean denied = refusal instanceof RegistryException.AccessDenied;
		if (this.told == null || (denied && this.told instanceof RegistryException.CredentialRejected)) {
			this.told = refusal;
		}
		if (!denied && this.rejected == null) {
			this.rejected = login;
		}
	}

	/**
	 * What is left when all had their turn: to ask as nobody, unless a good credential
	 * was denied, or the place where one is kept fails.
	 * @return what nobody gets, or what is to be told
	 */
	Mono<T> end() {
		Throwable refusal = this.told;
		if (refusal instanceof RegistryException.AccessDenied) {
			return Mono.error(refusal);
		}
		if (refusal != null) {
			return this.ask.apply(Login.ANONYMOUS)
				.onErrorResume(LoginChoice::isRefusal, (_) -> announced(this.rejected, refusal));
		}
		RegistryException cause = this.failure;
		if (cause != null && !isSoft(cause)) {
			return Mono.error(cause);
		}
		Mono<T> nobody = this.ask.apply(Login.ANONYMOUS);
		return (cause != null) ? nobody.onErrorMap(LoginChoice::isRefusal, (_) -> cause) : nobody;
	}

	private static boolean isSoft(RegistryException failure) {
		return failure instanceof RegistryException.IdentityUnavailable;
	}

	private Mono<T> announced(@Nullable Login login, Throwable refusal) {
		String source = (login != null) ? login.source() : "";
		return new Provenance(this.upstream.endpoint().toString(), source).announceTo(Mono.error(refusal));
	}

}
