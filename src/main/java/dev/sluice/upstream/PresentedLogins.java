package dev.sluice.upstream;

import java.util.Set;

import dev.sluice.credential.Login;
import dev.sluice.credential.Quarantine;
import dev.sluice.credential.Refusal;
import dev.sluice.token.Authorization;
import io.netty.handler.codec.http.HttpHeaderNames;
import reactor.core.publisher.Mono;

/**
 * Sends requests that show a credential itself (Basic, or a registry token) only while it
 * isn't in quarantine at that registry. A request for {@code /v2/} tells a rejected
 * credential from one that may not have what was asked. Thread-safe.
 */
final class PresentedLogins {

	/** ECR says 400 or 403 where others say 401. */
	private static final Set<Integer> REFUSALS = Set.of(400, 401, 403);

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
	 * @return the last hop; its error is a CredentialRejected where the login is no good
	 */
	Mono<RedirectFollower.Hop> send(UpstreamRequest request, Login login, Authorization authorization) {
		Mono<RedirectFollower.Hop> sent = this.redirects.send(request, login, authorization);
		if (!authorization.presents(login.credential())) {
			return sent;
		}
		Mono<?> probe = this.redirects.send(UpstreamRequest.base(), login, authorization)
			.flatMap((hop) -> refuseIfRefused(hop, login))
			.doOnNext((hop) -> hop.answer().release())
			.doOnError(HopRefused.class, HopRefused::discard);
		return this.quarantine
			.present(login, this.upstream.endpoint().toString(), sent.flatMap((hop) -> refuseIfRefused(hop, login)),
					probe)
			.onErrorResume(HopRefused.class, (denial) -> Mono.just(denial.hop));
	}

	private Mono<RedirectFollower.Hop> refuseIfRefused(RedirectFollower.Hop hop, Login login) {
		return isRefusal(hop) ? Mono.error(new HopRefused(hop, this.upstream.name() + " answered "
				+ hop.answer().status() + "; asked as " + login.source() + "; log in again")) : Mono.just(hop);
	}

	/** A 401 that asks for something else than Basic isn't about the login. */
	private static boolean isRefusal(RedirectFollower.Hop hop) {
		String wanted = hop.answer().header(HttpHeaderNames.WWW_AUTHENTICATE).orElse("Basic");
		return hop.home() && REFUSALS.contains(hop.answer().status())
				&& wanted.regionMatches(true, 0, "Basic", 0, "Basic".length());
	}

	/** Keeps the answer, in case the refusal was a denial. */
	private static final class HopRefused extends Refusal {

		private final transient RedirectFollower.Hop hop;

		HopRefused(RedirectFollower.Hop hop, String said) {
			super(said);
			this.hop = hop;
		}

		@Override
		public void discard() {
			this.hop.answer().release();
		}

	}

}
