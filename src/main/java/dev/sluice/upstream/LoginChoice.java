package dev.sluice.upstream;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.credential.Candidate;
import dev.sluice.credential.CredentialChain;
import dev.sluice.credential.Login;
import dev.sluice.oci.RegistryException;
import dev.sluice.oci.RepositoryName;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Which of several credentials to ask with: each in turn while one is refused, the one
 * that worked for a repository first from then on. A source is asked for its credential
 * when it is its turn. If one turned out to be no good and no other does, as nobody:
 * public content stays to be had. Thread-safe.
 */
final class LoginChoice {

	private static final int REMEMBERED = 4096;

	private final Upstream upstream;

	private final CredentialChain credentials;

	/** The place in the order of the one that worked. */
	private final Cache<RepositoryName, Integer> worked = Caffeine.newBuilder().maximumSize(REMEMBERED).build();

	LoginChoice(Upstream upstream, CredentialChain credentials) {
		this.upstream = upstream;
		this.credentials = credentials;
	}

	/**
	 * Asks with one login after another.
	 * @param request what is asked
	 * @param ask asks as somebody; its error is AccessDenied or CredentialRejected where
	 * that one was refused
	 * @return what the first login yields that isn't refused; else the denial of one that
	 * is good, or the first refusal
	 */
	<T> Mono<T> inTurn(UpstreamRequest request, Function<Login, Mono<T>> ask) {
		return Mono.defer(() -> next(new Round<>(this.upstream, ask), order(request.repository())));
	}

	/**
	 * All logins that may be tried.
	 * @param repository the repository, or null for what has none
	 * @return as {@link CredentialChain#candidates}
	 */
	Mono<List<Login>> candidates(@Nullable RepositoryName repository) {
		return this.credentials.candidates(this.upstream.loginHost(), repository);
	}

	private <T> Mono<T> next(Round<T> round, List<Turn> left) {
		if (left.isEmpty()) {
			return round.end();
		}
		List<Turn> others = left.subList(1, left.size());
		Turn turn = left.getFirst();
		return turn.candidate()
			.login()
			.onErrorResume(RegistryException.class, (failure) -> round.failed(failure))
			.filter(round::isNew)
			.map((login) -> ask(round, turn, login).onErrorResume(LoginChoice::isRefusal, (refusal) -> {
				round.refused(login, refusal);
				return next(round, others);
			}))
			.defaultIfEmpty(Mono.defer(() -> next(round, others)))
			.flatMap(Function.identity());
	}

	private <T> Mono<T> ask(Round<T> round, Turn turn, Login login) {
		return told(round, login)
			.onErrorResume(RegistryException.CredentialRejected.class,
					(rejected) -> renewed(turn, login).flatMap((fresh) -> told(round, fresh))
						.switchIfEmpty(Mono.error(rejected)))
			.doOnSuccess((_) -> turn.remember(this.worked));
	}

	/** A source that is told of a rejection may have a better one by now. */
	private <T> Mono<T> told(Round<T> round, Login login) {
		return round.ask()
			.apply(login)
			.doOnError(RegistryException.CredentialRejected.class,
					(_) -> this.credentials.rejected(login.credential()));
	}

	/** A cloud's password that expired costs no pull. */
	private static Mono<Login> renewed(Turn turn, Login rejected) {
		return turn.candidate()
			.login()
			.onErrorResume(RegistryException.class, (_) -> Mono.empty())
			.filter((login) -> !login.credential().equals(rejected.credential()));
	}

	static boolean isRefusal(Throwable failure) {
		return failure instanceof RegistryException.AccessDenied
				|| failure instanceof RegistryException.CredentialRejected;
	}

	private List<Turn> order(@Nullable RepositoryName repository) {
		List<Candidate> candidates = this.credentials.mostSpecificFirst(this.upstream.loginHost(), repository);
		List<Turn> order = new ArrayList<>();
		for (int place = 0; place < candidates.size(); place++) {
			order.add(new Turn(candidates.get(place), repository, place));
		}
		Integer first = (repository != null) ? this.worked.getIfPresent(repository) : null;
		if (first != null && first < order.size()) {
			order.addFirst(order.remove(first.intValue()));
		}
		return order;
	}

	/**
	 * Somebody's turn.
	 *
	 * @param candidate who
	 * @param repository what is asked for
	 * @param place the place in the order
	 */
	private record Turn(Candidate candidate, @Nullable RepositoryName repository, int place) {

		void remember(Cache<RepositoryName, Integer> worked) {
			if (this.repository != null && this.place > 0) {
				worked.put(this.repository, this.place);
			}
			else if (this.repository != null) {
				worked.invalidate(this.repository);
			}
		}

	}

}
