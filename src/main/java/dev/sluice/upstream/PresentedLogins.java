package dev.sluice.upstream;

import java.util.Set;

import dev.sluice.credential.Credential;
import dev.sluice.credential.Login;
import dev.sluice.credential.Quarantine;
import dev.sluice.credential.Refusal;
import dev.sluice.oci.RegistryException;
import dev.sluice.token.RegistryError;
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
			.flatMap((hop) -> isRefusal(hop, login) ? refuse(hop, login) : released(hop));
		return this.quarantine
			.present(login, this.upstream.endpoint().toString(), sent.flatMap((hop) -> refuseIfRefused(hop, login)),
					probe)
			.onErrorResume(HopRefused.class, (denial) -> Mono.just(denial.hop));
	}

	private Mono<RedirectFollower.Hop> refuseIfRefused(RedirectFollower.Hop hop, Login login) {
		return isRefusal(hop, login) ? Mono.error(new HopRefused(hop, said(hop, login, ""))) : Mono.just(hop);
	}

	/** With the registry's own words: it may say that the login has expired. */
	private <T> Mono<T> refuse(RedirectFollower.Hop hop, Login login) {
		return hop.answer()
			.bytes(RegistryError.BODY_LIMIT)
			// the status says what matters, whatever becomes of the body
			.onErrorReturn(RegistryException.class, new byte[0])
			.defaultIfEmpty(new byte[0])
			.flatMap((body) -> Mono.error(new Refusal(
					said(hop, login, " " + RegistryError.read(body, Authorization.NONE.secretsOf(login))))));
	}

	private static Mono<RedirectFollower.Hop> released(RedirectFollower.Hop hop) {
		hop.answer().release();
		return Mono.just(hop);
	}

	private String said(RedirectFollower.Hop hop, Login login, String words) {
		return (this.upstream.name() + " answered " + hop.answer().status() + words).strip() + "; asked as "
				+ login.source() + "; log in again";
	}

	/**
	 * Whether an answer is about the login. A 401 that asks for a token instead of Basic
	 * isn't, unless a token is the login; nor is one that says that a token is good, but
	 * for something else.
	 */
	private static boolean isRefusal(RedirectFollower.Hop hop, Login login) {
		String wanted = hop.answer().header(HttpHeaderNames.WWW_AUTHENTICATE).orElse("Basic");
		boolean aboutTheLogin = (login.credential() instanceof Credential.RegistryToken)
				? !wanted.contains("insufficient_scope") : wanted.regionMatches(true, 0, "Basic", 0, "Basic".length());
		return hop.home() && REFUSALS.contains(hop.answer().status()) && aboutTheLogin;
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
