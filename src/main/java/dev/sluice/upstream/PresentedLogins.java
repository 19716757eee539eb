package dev.sluice.upstream;

import java.util.Optional;

import dev.sluice.credential.Login;
import dev.sluice.credential.Quarantine;
import dev.sluice.credential.Refusal;
import dev.sluice.token.Authorization;
import reactor.core.publisher.Mono;

/**
 * Sends requests that show a credential itself (Basic, or a registry token) only while it
 * isn't in quarantine at that registry. Where one is refused, another request tells a
 * rejected credential from one that may not have what was asked. Thread-safe.
 */
final class PresentedLogins {

	private final Upstream upstream;

	private final RedirectFollower redirects;

	private final Quarantine quarantine;

	PresentedLogins(Upstream upstream, RedirectFollower redirects, Quarantine quarantine) {
		this.upstream = upstream;
		this.redirects = redirects;
		this.quarantine = quarantine;
	}

	/**
	 * Sends a request.
	 * @param request what is asked
	 * @param login as whom
	 * @param authorization what to send
	 * @return what came back; its error is a CredentialRejected where the login is no
	 * good
	 */
	Mono<Reply> send(UpstreamRequest request, Login login, Authorization authorization) {
		Mono<Reply> sent = this.redirects.send(request, login, authorization);
		if (!authorization.presents(login.credential())) {
			return sent;
		}
		Mono<Reply> attempt = sent
			.flatMap((reply) -> doubt(reply, login).<Mono<Reply>>map(Mono::error).orElseGet(() -> Mono.just(reply)));
		return this.quarantine
			.present(login, this.upstream.endpoint().toString(), attempt, probe(request, login, authorization))
			.onErrorResume(Doubt.class, (denial) -> Mono.just(denial.refused));
	}

	/**
	 * Tells by {@code /v2/} whether the login is good. Where nobody is refused there,
	 * that proves nothing: then the same is asked once more, and to be refused (401) is
	 * to be rejected.
	 */
	private Mono<Boolean> probe(UpstreamRequest request, Login login, Authorization authorization) {
		Mono<Reply> nobodys = this.redirects.send(UpstreamRequest.base(), Login.ANONYMOUS, Authorization.NONE);
		Mono<Reply> base = this.redirects.send(UpstreamRequest.base(), login, authorization);
		Mono<Reply> again = this.redirects.send(request.probe(), login, authorization);
		return nobodys.filter((reply) -> !isGood(reply))
			.flatMap((_) -> base.flatMap((reply) -> verdict(reply, doubt(reply, login))))
			.filter(Boolean::booleanValue)
			.switchIfEmpty(again.flatMap((reply) -> verdict(reply, doubt(reply, login).filter(Doubt::isRejection)))
				.thenReturn(true));
	}

	private static Mono<Boolean> verdict(Reply reply, Optional<Doubt> doubt) {
		return doubt.<Mono<Boolean>>map(Mono::error).orElseGet(() -> Mono.just(isGood(reply)));
	}

	/** Whether it lets somebody in; its body isn't wanted. */
	private static boolean isGood(Reply reply) {
		if (reply instanceof UpstreamAnswer answer) {
			answer.release();
			return answer.status() < 500;
		}
		return false;
	}

	/** With the registry's own words: it may say that the login has expired. */
	private Optional<Doubt> doubt(Reply reply, Login login) {
		return (reply instanceof Reply.Refused refused && refused.doubts(login))
				? Optional.of(new Doubt(refused, this.upstream.name() + " answered " + refused.refusal().words()
						+ "; asked as " + login.source() + "; " + login.remedy()))
				: Optional.empty();
	}

	/** Keeps what was said, in case it turns out to be a denial. */
	private static final class Doubt extends Refusal {

		private final transient Reply.Refused refused;

		Doubt(Reply.Refused refused, String said) {
			super(said);
			this.refused = refused;
		}

		boolean isRejection() {
			return this.refused.refusal().status() == 401 || this.refused.refusal().error().loginRefused();
		}

	}

}
