package dev.sluice.upstream;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.credential.Candidate;
import dev.sluice.credential.CredentialChain;
import dev.sluice.credential.Login;
import dev.sluice.oci.RegistryName;
import dev.sluice.oci.RepositoryName;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * In which order credentials are tried: the most specific first, but the one that worked
 * for a repository before all others from then on. {@link Round} goes through them.
 * Bounded; thread-safe.
 */
final class LoginChoice {

	private static final int REMEMBERED = 4096;

	private final RegistryName host;

	private final CredentialChain credentials;

	/** The place in the order of the one that worked. */
	private final Cache<RepositoryName, Integer> worked = Caffeine.newBuilder().maximumSize(REMEMBERED).build();

	LoginChoice(Upstream upstream, CredentialChain credentials) {
		this.host = upstream.loginHost();
		this.credentials = credentials;
	}

	/**
	 * All logins that may be tried.
	 * @param repository the repository, or null for what has none
	 * @return as {@link CredentialChain#candidates}
	 */
	Mono<List<Login>> candidates(@Nullable RepositoryName repository) {
		return this.credentials.candidates(this.host, repository);
	}

	/**
	 * The same one after the other, as far as they are wanted.
	 * @param repository the repository
	 * @return those that can be looked up; its error is that of one that can't, once all
	 * have had their turn
	 */
	Flux<Login> each(RepositoryName repository) {
		return Flux.fromIterable(this.credentials.mostSpecificFirst(this.host, repository))
			.concatMapDelayError((candidate) -> candidate.login(), 1);
	}

	/**
	 * Whose turn it is, in which order.
	 * @param repository the repository, or null for what has none
	 * @return the turns, to be taken away
	 */
	Deque<Turn> order(@Nullable RepositoryName repository) {
		List<Candidate> candidates = this.credentials.mostSpecificFirst(this.host, repository);
		Deque<Turn> order = new ArrayDeque<>();
		Integer first = (repository != null) ? this.worked.getIfPresent(repository) : null;
		for (int place = 0; place < candidates.size(); place++) {
			Turn turn = turn(candidates.get(place), repository, place);
			if (first != null && place == first) {
				order.addFirst(turn);
			}
			else {
				order.addLast(turn);
			}
		}
		return order;
	}

	/**
	 * Tells the login's source that it is no good.
	 * @param login the login
	 */
	void rejected(Login login) {
		this.credentials.rejected(login.credential());
	}

	private Turn turn(Candidate candidate, @Nullable RepositoryName repository, int place) {
		return new Turn(candidate.login(), () -> {
			if (repository != null && place > 0) {
				this.worked.put(repository, place);
			}
			else if (repository != null) {
				this.worked.invalidate(repository);
			}
		});
	}

	/**
	 * One login's turn in a {@link Round}.
	 *
	 * @param login looks up who
	 * @param worked to be told if that one isn't refused
	 */
	record Turn(Mono<Login> login, Runnable worked) {
	}

}
