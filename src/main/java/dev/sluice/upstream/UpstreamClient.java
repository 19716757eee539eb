package dev.sluice.upstream;

import java.util.List;
import java.util.function.Function;

import dev.sluice.credential.CredentialChain;
import dev.sluice.credential.Login;
import dev.sluice.credential.Quarantine;
import dev.sluice.oci.RegistryException;
import dev.sluice.oci.RepositoryName;
import dev.sluice.oci.RequestException;
import dev.sluice.token.RememberingAuthorizer;
import dev.sluice.transport.Transport;
import dev.sluice.upstream.StatusCheck.HeadRefused;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Talks to one registry: authorizes, follows redirects, takes a refused HEAD as the hint
 * that it is, and turns every bad answer into a {@link RegistryException}. Thread-safe.
 */
public final class UpstreamClient {

	private final Upstream upstream;

	private final LoginChoice logins;

	private final AuthorizedCaller caller;

	private final UpstreamListener listener;

	public UpstreamClient(Upstream upstream, Transport transport, CredentialChain credentials, Quarantine quarantine,
			RememberingAuthorizer authorizer, UpstreamListener listener) {
		this.upstream = upstream;
		Transport observed = new ObservedTransport(upstream.name(), transport, listener);
		RedirectFollower redirects = new RedirectFollower(upstream, observed, authorizer);
		this.logins = new LoginChoice(upstream, credentials);
		this.caller = new AuthorizedCaller(upstream, authorizer, redirects, quarantine, listener);
		this.listener = listener;
	}

	public Upstream upstream() {
		return this.upstream;
	}

	/**
	 * Asks the registry.
	 * @param request what is asked
	 * @return all of it, the part that was asked for, or a blob's redirect where those
	 * are passed on; its error is a {@link RegistryException} that says where it comes
	 * from, if anybody was asked. Cancelling closes the connection.
	 */
	public Mono<UpstreamAnswer> fetch(UpstreamRequest request) {
		return answered(request,
				(wanted) -> Mono.defer(
						() -> new Round<UpstreamAnswer>(this.logins, wanted.repository(), (login) -> ask(wanted, login))
							.next()));
	}

	/**
	 * Asks the registry, and makes something of its answer.
	 * @param <T> what comes of it
	 * @param request what is asked
	 * @param use takes the answer, and its body or releases it
	 * @return what that made of it; its error is that one's, with where it comes from, or
	 * as {@link #fetch(UpstreamRequest)}'s
	 */
	public <T> Mono<T> fetch(UpstreamRequest request, Function<UpstreamAnswer, Mono<T>> use) {
		return fetch(request).flatMap((answer) -> used(answer, use));
	}

	/**
	 * Asks what a manifest or a blob is. A HEAD is a hint: one that is refused, or
	 * doesn't tell enough, is repeated as GET, of a blob's first byte.
	 * @param <T> what comes of it
	 * @param head what is asked, by HEAD
	 * @param told takes what a HEAD tells, and releases it; empty if that isn't enough
	 * @param shown takes what a GET in its place shows, in full
	 * @return what either made of it; its error as with
	 * {@link #fetch(UpstreamRequest, Function)}
	 */
	public <T> Mono<T> describe(UpstreamRequest head, Function<UpstreamAnswer, Mono<T>> told,
			Function<UpstreamAnswer, Mono<T>> shown) {
		Mono<T> byGet = Mono.defer(() -> {
			UpstreamRequest whole = head.whole();
			return fetch(whole.probe(), (answer) -> shown.apply(answer.inPlaceOf(whole)));
		});
		return fetch(head,
				(answer) -> answer.isInPlaceOfHead() ? shown.apply(answer) : told.apply(answer).switchIfEmpty(byGet));
	}

	private static <T> Mono<T> used(UpstreamAnswer answer, Function<UpstreamAnswer, Mono<T>> use) {
		return Mono.defer(() -> use.apply(answer)).onErrorMap((failure) -> answer.provenance().of(failure));
	}

	/**
	 * Asks the registry as one login alone.
	 * @param request what is asked
	 * @param login as whom
	 * @return as {@link #fetch(UpstreamRequest)}
	 */
	public Mono<UpstreamAnswer> fetchAs(Login login, UpstreamRequest request) {
		return answered(request, (wanted) -> ask(wanted, login));
	}

	/**
	 * The logins that are asked with, in turn.
	 * @param repository the repository, or null for what has none
	 * @return as {@link CredentialChain#candidates}
	 */
	public Mono<List<Login>> logins(@Nullable RepositoryName repository) {
		return this.logins.candidates(repository);
	}

	/**
	 * Who is asked as, in turn, beside nobody: also as one whose credential isn't shown,
	 * but whose further headers are.
	 * @param repository the repository
	 * @return one after the other, as far as they are wanted; its error, once all have
	 * had their turn, is that of one that can't be looked up
	 */
	public Flux<AskedAs> mayAskAs(RepositoryName repository) {
		return this.logins.each(repository).flatMapIterable(AskedAs::ways);
	}

	private Mono<UpstreamAnswer> answered(UpstreamRequest request,
			Function<UpstreamRequest, Mono<UpstreamAnswer>> ask) {
		return ask.apply(request)
			.onErrorResume(HeadRefused.class, (_) -> askByGet(request, ask).map((answer) -> answer.inPlaceOf(request)))
			.doOnDiscard(UpstreamAnswer.class, UpstreamAnswer::release)
			.doOnNext((_) -> this.listener.served(this.upstream.name()))
			.onErrorMap(RegistryException.class, (ex) -> ex.at(this.upstream.name()))
			.doOnError(RegistryException.class, (ex) -> this.listener.failed(this.upstream.name(), ex));
	}

	private Mono<UpstreamAnswer> ask(UpstreamRequest request, Login login) {
		return this.caller.call(request, login).flatMap(StatusCheck::check);
	}

	/**
	 * Asks for a blob's first byte; for all of a blob that has none, since that is a 416.
	 */
	private static Mono<UpstreamAnswer> askByGet(UpstreamRequest request,
			Function<UpstreamRequest, Mono<UpstreamAnswer>> ask) {
		Mono<UpstreamAnswer> probed = ask.apply(request.probe());
		return request.range().isPresent() ? probed
				: probed.onErrorResume(RequestException.RangeNotSatisfiable.class, (_) -> ask.apply(request.byGet()));
	}

}
