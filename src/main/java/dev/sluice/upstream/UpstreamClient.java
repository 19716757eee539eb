package dev.sluice.upstream;

import java.util.List;

import dev.sluice.credential.Credential;
import dev.sluice.credential.CredentialChain;
import dev.sluice.credential.Login;
import dev.sluice.credential.Quarantine;
import dev.sluice.oci.RegistryException;
import dev.sluice.oci.RepositoryName;
import dev.sluice.token.Authorizer;
import dev.sluice.token.RedirectAuthorizer;
import dev.sluice.transport.Answer;
import dev.sluice.transport.Transport;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Talks to one registry: authorizes, follows redirects, takes a refused HEAD as the hint
 * that it is, and turns every bad answer into a {@link RegistryException}. Thread-safe.
 */
public final class UpstreamClient {

	private final Upstream upstream;

	private final LoginChoice logins;

	private final AuthorizedCaller caller;

	private final StatusCheck status;

	private final UpstreamListener listener;

	public UpstreamClient(Upstream upstream, Transport transport, CredentialChain credentials, Quarantine quarantine,
			Authorizer authorizer, RedirectAuthorizer redirectAuthorizer, UpstreamListener listener) {
		this.upstream = upstream;
		Transport observed = new ObservedTransport(upstream.name(), transport, listener);
		RedirectFollower redirects = new RedirectFollower(upstream, observed, redirectAuthorizer);
		this.logins = new LoginChoice(upstream, credentials);
		this.caller = new AuthorizedCaller(upstream, authorizer, redirects, quarantine);
		this.status = new StatusCheck(upstream);
		this.listener = listener;
	}

	public Upstream upstream() {
		return this.upstream;
	}

	/**
	 * Asks the registry.
	 * @param request what is asked
	 * @return a 200 or 206, or a blob's redirect where those are passed on; its error is
	 * a {@link RegistryException}. Cancelling closes the connection.
	 */
	public Mono<UpstreamAnswer> fetch(UpstreamRequest request) {
		return fetch(request, (wanted, byGet) -> this.logins.inTurn(wanted, (login) -> ask(wanted, byGet, login)));
	}

	/**
	 * Asks the registry as one login alone.
	 * @param request what is asked
	 * @param login as whom
	 * @return as {@link #fetch}
	 */
	public Mono<UpstreamAnswer> fetchAs(Login login, UpstreamRequest request) {
		return fetch(request, (wanted, byGet) -> ask(wanted, byGet, login));
	}

	/**
	 * The logins that are asked with, in turn.
	 * @param repository the repository, or null for what has none
	 * @return as {@link CredentialChain#candidates}
	 */
	public Mono<List<Login>> logins(@Nullable RepositoryName repository) {
		return this.logins.candidates(repository);
	}

	private Mono<UpstreamAnswer> fetch(UpstreamRequest request, Asking asking) {
		Mono<UpstreamAnswer> answer = request.isHead()
				? asking.ask(request, false).onErrorResume(HeadRefused.class, (refused) -> askByGet(request, asking))
				: asking.ask(request, false);
		return answer.doOnDiscard(UpstreamAnswer.class, UpstreamAnswer::release)
			.doOnNext((good) -> this.listener.served(this.upstream.name()))
			.onErrorMap(RegistryException.class, (ex) -> ex.at(this.upstream.name()))
			.doOnError(RegistryException.class, (ex) -> this.listener.failed(this.upstream.name(), ex));
	}

	private Mono<UpstreamAnswer> ask(UpstreamRequest request, boolean headByGet, Login login) {
		return this.caller.call(request, login)
			.flatMap((reply) -> isRefusedHead(request, reply) ? refuse(reply.answer())
					: this.status.check(request, reply)
						.map((answer) -> new UpstreamAnswer(answer, this.upstream.endpoint().resolve(request.path()),
								headByGet)));
	}

	/** Of a blob's first byte, unless there is none: an empty blob's is a 416. */
	private static Mono<UpstreamAnswer> askByGet(UpstreamRequest request, Asking asking) {
		Mono<UpstreamAnswer> probed = asking.ask(request.probe(), true);
		return request.hasRange() ? probed : probed.onErrorResume(RegistryException.RangeNotSatisfiable.class,
				(empty) -> asking.ask(request.byGet(), true));
	}

	/** ECR's 400 says only by its body that the password has expired. */
	private static boolean isRefusedHead(UpstreamRequest request, AuthorizedCaller.Reply reply) {
		return request.isHead() && switch (reply.answer().status()) {
			case 401, 403, 405 -> true;
			case 400 -> reply.login().credential() instanceof Credential.Basic;
			default -> false;
		};
	}

	private static Mono<UpstreamAnswer> refuse(Answer answer) {
		answer.release();
		return Mono.error(new HeadRefused());
	}

	/** Asks as whomever is to be asked as. */
	@FunctionalInterface
	private interface Asking {

		Mono<UpstreamAnswer> ask(UpstreamRequest request, boolean headByGet);

	}

	/**
	 * A HEAD answered 401, 403 or 405 (or ECR's 400): to be asked again by GET before it
	 * counts.
	 */
	private static final class HeadRefused extends RuntimeException {

		private HeadRefused() {
			super("HEAD refused", null, false, false);
		}

	}

}
