package dev.sluice.upstream;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.credential.Credential;
import dev.sluice.credential.CredentialChain;
import dev.sluice.credential.Login;
import dev.sluice.oci.RegistryException;
import dev.sluice.oci.RepositoryName;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Which of several credentials to ask with: each in turn while one is refused, the one
 * that worked for a repository first from then on. If one turned out to be no good and no
 * other does, or a cloud gives none, as nobody: public content stays to be had. What is
 * told in the end is the first refusal, or why the cloud gives none. Thread-safe.
 */
final class LoginChoice {

	private static final int REMEMBERED = 4096;

	private final Upstream upstream;

	private final CredentialChain credentials;

	private final Cache<RepositoryName, Credential> worked = Caffeine.newBuilder().maximumSize(REMEMBERED).build();

	LoginChoice(Upstream upstream, CredentialChain credentials) {
		this.upstream = upstream;
		this.credentials = credentials;
	}

	/**
	 * Asks with one login after another.
	 * @param request what is asked
	 * @param ask asks as somebody; its error is AccessDenied or CredentialRejected where
	 * that one was refused
	 * @return what the first login yields that isn't refused, or the first refusal
	 */
	<T> Mono<T> inTurn(UpstreamRequest request, Function<Login, Mono<T>> ask) {
		return candidates(request.repository())
			.flatMap((logins) -> (logins.size() == 1) ? alone(logins.getFirst(), told(request, ask))
					: next(request, ordered(request, logins), told(request, ask)))
			.onErrorResume(RegistryException.IdentityUnavailable.class, (failure) -> ask.apply(Login.ANONYMOUS)
				.onErrorMap((ex) -> isRefusal(ex) || ex instanceof RegistryException.NotFound, (_) -> failure));
	}

	/**
	 * The logins that are tried.
	 * @param repository the repository, or null for what has none
	 * @return as {@link CredentialChain#candidates}
	 */
	Mono<List<Login>> candidates(@Nullable RepositoryName repository) {
		return this.credentials.candidates(this.upstream.loginHost(), repository);
	}

	/**
	 * A source that is told of a rejection may have a better one: a cloud's password that
	 * expired costs no pull.
	 */
	private <T> Function<Login, Mono<T>> told(UpstreamRequest request, Function<Login, Mono<T>> ask) {
		return (login) -> reporting(login, ask).onErrorResume(RegistryException.CredentialRejected.class,
				(rejected) -> renewed(request, login).flatMap((fresh) -> reporting(fresh, ask))
					.switchIfEmpty(Mono.error(rejected)));
	}

	private <T> Mono<T> reporting(Login login, Function<Login, Mono<T>> ask) {
		return ask.apply(login)
			.doOnError(RegistryException.CredentialRejected.class,
					(_) -> this.credentials.rejected(login.credential()));
	}

	private Mono<Login> renewed(UpstreamRequest request, Login rejected) {
		return candidates(request.repository()).onErrorReturn(RegistryException.class, List.of())
			.mapNotNull((logins) -> logins.stream()
				.filter((login) -> login.source().equals(rejected.source()))
				.filter((login) -> !login.credential().equals(rejected.credential()))
				.findFirst()
				.orElse(null));
	}

	private <T> Mono<T> alone(Login login, Function<Login, Mono<T>> ask) {
		return ask.apply(login)
			.onErrorResume(RegistryException.CredentialRejected.class, (rejected) -> asNobody(login, rejected, ask));
	}

	private <T> Mono<T> next(UpstreamRequest request, List<Login> left, Function<Login, Mono<T>> ask) {
		Login login = left.getFirst();
		Mono<T> asked = ask.apply(login).doOnSuccess((_) -> remember(request, login));
		if (left.size() == 1) {
			return alone(login, (it) -> it.isAnonymous() ? ask.apply(it) : asked);
		}
		return asked.onErrorResume(LoginChoice::isRefusal, (first) -> next(request, left.subList(1, left.size()), ask)
			.onErrorMap(LoginChoice::isRefusal, (_) -> first));
	}

	private <T> Mono<T> asNobody(Login login, RegistryException rejected, Function<Login, Mono<T>> ask) {
		Provenance refused = new Provenance(this.upstream.endpoint().toString(), login.source());
		return ask.apply(Login.ANONYMOUS)
			.onErrorResume(LoginChoice::isRefusal, (_) -> refused.announceTo(Mono.error(rejected)));
	}

	private static boolean isRefusal(Throwable failure) {
		return failure instanceof RegistryException.AccessDenied
				|| failure instanceof RegistryException.CredentialRejected;
	}

	private void remember(UpstreamRequest request, Login login) {
		RepositoryName repository = request.repository();
		if (repository != null) {
			this.worked.put(repository, login.credential());
		}
	}

	private List<Login> ordered(UpstreamRequest request, List<Login> logins) {
		RepositoryName repository = request.repository();
		Credential first = (repository != null) ? this.worked.getIfPresent(repository) : null;
		Stream<Login> others = logins.stream().filter((login) -> !login.credential().equals(first));
		return Stream.concat(logins.stream().filter((login) -> login.credential().equals(first)), others).toList();
	}

}
