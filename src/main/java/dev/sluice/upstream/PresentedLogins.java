package dev.sluice.upstream;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import dev.sluice.credential.Login;
import dev.sluice.credential.Quarantine;
import dev.sluice.credential.Refusal;
import dev.sluice.oci.RegistryException;
import dev.sluice.oci.UpstreamException;
import dev.sluice.token.Authorization;
import dev.sluice.token.RegistryError;
import io.netty.buffer.ByteBuf;
import reactor.core.publisher.Mono;

/**
 * Judges credentials that are shown as they are (Basic, or a registry token): they are
 * sent only while they aren't in quarantine at that registry. Where one is refused,
 * another request tells a rejected credential from one that may not have what was asked.
 * Thread-safe.
 */
final class PresentedLogins {

	/** Of a body that may be a page, bytes. */
	private static final int LOOKED_AT = 1024;

	private final Upstream upstream;

	private final RedirectFollower redirects;

	private final Quarantine quarantine;

	PresentedLogins(Upstream upstream, RedirectFollower redirects, Quarantine quarantine) {
		this.upstream = upstream;
		this.redirects = redirects;
		this.quarantine = quarantine;
	}

	/**
	 * Sends a request that shows a login, and judges the login by what comes back.
	 * @param request what is asked
	 * @param login as whom
	 * @param authorization what shows it
	 * @param sent sends it
	 * @return what came back; its error is a CredentialRejected where the login is no
	 * good
	 */
	Mono<Reply> judge(UpstreamRequest request, Login login, Authorization authorization, Mono<Reply> sent) {
		Mono<Boolean> base = base(login, authorization).cache();
		Mono<Reply> attempt = sent
			.flatMap((reply) -> doubt(reply).<Mono<Reply>>map(Mono::error).orElseGet(() -> Mono.just(reply)))
			.flatMap((reply) -> isLoginPage(reply, login) ? unlessRejected(reply, base) : Mono.just(reply));
		return this.quarantine.present(login, place(), attempt, probe(request, login, authorization, base))
			.onErrorResume(Doubt.class, (denial) -> denial.refused.cast(Reply.class));
	}

	/** Some registries say so of manifests, but then the login was good. */
	private boolean isLoginPage(Reply reply, Login login) {
		return reply instanceof UpstreamAnswer answer && answer.isPage() && !this.quarantine.isInUse(login, place());
	}

	/**
	 * A registry that answers a wrong login by its login page does so everywhere, at
	 * {@code /v2/} too. If the login proves to be good meanwhile, the refusal of
	 * {@code /v2/} counts as a denial, and has to name what the client had asked for.
	 */
	private Mono<Reply> unlessRejected(Reply page, Mono<Boolean> base) {
		return base.onErrorComplete(RegistryException.class)
			.onErrorMap(Doubt.class, (doubt) -> doubt.of(page.sent()))
			.then(Mono.just(page))
			.doOnError((_) -> page.release())
			.doOnCancel(page::release);
	}

	/** By which name the quarantine knows the endpoint. */
	private String place() {
		return this.upstream.endpoint().toString();
	}

	/**
	 * Tells by {@code /v2/} whether the login is good. Where that is open to anonymous
	 * requests, it proves nothing: then the same is asked once more, and a 401 means that
	 * the login is rejected.
	 */
	private Mono<Boolean> probe(UpstreamRequest request, Login login, Authorization authorization, Mono<Boolean> base) {
		Mono<Reply> again = this.redirects.send(request.probe(), login, authorization);
		return base.filter(Boolean::booleanValue)
			.switchIfEmpty(
					again.flatMap((reply) -> verdict(reply, doubt(reply).filter(Doubt::isRejection))).thenReturn(true));
	}

	/**
	 * What {@code /v2/} says of the login; empty where it is open to anonymous requests.
	 */
	private Mono<Boolean> base(Login login, Authorization authorization) {
		Mono<Reply> nobodys = this.redirects.send(UpstreamRequest.base(), Login.ANONYMOUS, Authorization.NONE);
		Mono<Reply> base = this.redirects.send(UpstreamRequest.base(), login, authorization);
		return nobodys.filter((reply) -> !isGood(reply))
			.flatMap((_) -> base.flatMap((reply) -> (reply instanceof UpstreamAnswer answer && answer.isPage())
					? unlessHtml(answer, login) : verdict(reply, doubt(reply))));
	}

	/** Quay calls its {@code true} there a page, too: what it begins with tells. */
	private Mono<Boolean> unlessHtml(UpstreamAnswer answer, Login login) {
		String said = said("with an HTML page: is it where people log in?", login);
		return RegistryError.soon(answer.body().next().map(PresentedLogins::taken))
			.flatMap((first) -> new String(first, StandardCharsets.ISO_8859_1).stripLeading().startsWith("<")
					? Mono.error(new Doubt(said, true, Mono.error(() -> new UpstreamException.InvalidAnswer(said))))
					: Mono.just(true));
	}

	private static byte[] taken(ByteBuf buffer) {
		byte[] bytes = new byte[Math.min(buffer.readableBytes(), LOOKED_AT)];
		buffer.readBytes(bytes).release();
		return bytes;
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
	private Optional<Doubt> doubt(Reply reply) {
		return (reply instanceof Reply.Refused refused && refused.doubtsLogin())
				? Optional.of(new Doubt(said(refused.refusal().words(), refused.sent().login()), refused.rejectsLogin(),
						Mono.just(refused)))
				: Optional.empty();
	}

	private String said(String words, Login login) {
		return this.upstream.name() + " answered " + words + "; asked as " + login.source() + "; " + login.remedy();
	}

	/** Keeps what was said, in case it turns out to be a denial. */
	private static final class Doubt extends Refusal {

		private final boolean rejection;

		private final transient Mono<Reply.Refused> refused;

		Doubt(String said, boolean rejection, Mono<Reply.Refused> refused) {
			super(said);
			this.rejection = rejection;
			this.refused = refused;
		}

		/** The same of another request. */
		Doubt of(Sent sent) {
			return new Doubt(said(), this.rejection,
					this.refused.map((it) -> new Reply.Refused(sent, it.home(), it.refusal())));
		}

		boolean isRejection() {
			return this.rejection;
		}

	}

}
