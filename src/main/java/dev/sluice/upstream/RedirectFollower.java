package dev.sluice.upstream;

import dev.sluice.credential.Login;
import dev.sluice.oci.Printable;
import dev.sluice.oci.RedirectKind;
import dev.sluice.oci.UpstreamException;
import dev.sluice.token.Authorization;
import dev.sluice.token.RegistryError;
import dev.sluice.token.RegistryRefusal;
import dev.sluice.token.RememberingAuthorizer;
import dev.sluice.token.SentSecrets;
import dev.sluice.transport.Answer;
import dev.sluice.transport.OutboundRequest;
import dev.sluice.transport.Transport;
import dev.sluice.transport.Transport.Referrer;
import dev.sluice.transport.Url;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import reactor.core.publisher.Mono;

/**
 * Sends a request and follows its redirects (RFC 9110, 15.4), five at most. The
 * authorization and the login's headers go to the endpoint alone, and only until another
 * host was asked: from then on even the endpoint is asked without them. What comes at the
 * end is read, if it is a refusal. Thread-safe.
 */
final class RedirectFollower {

	private static final int LIMIT = 5;

	private final Upstream upstream;

	private final Transport transport;

	private final RememberingAuthorizer authorizer;

	private final SentLogins logins;

	RedirectFollower(Upstream upstream, Transport transport, RememberingAuthorizer authorizer) {
		this.upstream = upstream;
		this.transport = transport;
		this.authorizer = authorizer;
		this.logins = new SentLogins(upstream);
	}

	/**
	 * Sends a request to the endpoint.
	 * @param request what is asked
	 * @param login as whom
	 * @param authorization what to send there
	 * @return what came at the end
	 */
	Mono<Reply> send(UpstreamRequest request, Login login, Authorization authorization) {
		Sent sent = new Sent(this.upstream, request, login, authorization, this.logins.secrets(login, authorization));
		Url url = this.upstream.endpoint().resolve(request.path());
		return this.transport.send(sent.to(url, sent.headersAtHome()))
			.flatMap((answer) -> follow(new Stop(sent, url, true, answer), LIMIT))
			.onErrorMap((failure) -> sent.provenance().of(failure));
	}

	/**
	 * Whether an answer leads elsewhere.
	 * @param status its status
	 * @param headers its headers
	 * @return whether its status is a redirect's and it says whereto
	 */
	static boolean isRedirect(int status, HttpHeaders headers) {
		return RedirectKind.of(status).isPresent() && headers.contains(HttpHeaderNames.LOCATION);
	}

	private Mono<Reply> follow(Stop at, int left) {
		if (!isRedirect(at.answer().status(), at.answer().headers())) {
			return RegistryRefusal.isOne(at.answer().status()) ? read(at).cast(Reply.class) : Mono.just(at.reply());
		}
		if (at.sent().request().isBlob() && this.upstream.redirects() == Upstream.RedirectPolicy.PASS) {
			return Mono.<Reply>fromSupplier(() -> passedOn(at)).doOnError((_) -> at.answer().release());
		}
		at.answer().release();
		if (left == 0) {
			return Mono.error(new UpstreamException.InvalidAnswer(
					this.upstream.name() + " redirects more than " + LIMIT + " times"));
		}
		return Mono.fromSupplier(() -> target(at)).flatMap((next) -> goOn(at, next, left - 1));
	}

	private Mono<Reply> goOn(Stop from, Url next, int left) {
		Sent sent = from.sent();
		boolean home = from.home() && next.origin().equals(this.upstream.endpoint());
		OutboundRequest request = sent.to(next, home ? sent.headersAtHome() : sent.request().headers());
		return this.transport.sendTo(request, from.referrer())
			.map((answer) -> new Stop(sent, next, home, answer))
			.flatMap((at) -> (!home && at.answer().status() == 401) ? asNobody(from, at, left) : follow(at, left));
	}

	/** No credential of the registry's belongs there. */
	private Mono<Reply> asNobody(Stop from, Stop at, int left) {
		Sent sent = at.sent();
		return read(at).flatMap((refused) -> this.authorizer.answerAsNobody(refused.refusal())
			.flatMap((token) -> this.transport.sendTo(sent.to(at.url(), token.addedTo(sent.request().headers())),
					from.referrer()))
			.flatMap((answer) -> follow(new Stop(sent, at.url(), false, answer), left))
			.defaultIfEmpty(refused));
	}

	private Mono<Reply.Refused> read(Stop at) {
		Answer answer = at.answer();
		return RegistryError.soon(answer.bytes(RegistryError.BODY_LIMIT))
			.map((body) -> RegistryError.read(body, at.secrets()))
			.map((error) -> RegistryRefusal.of(answer.status(), answer.headers(), error, at.referrer(), at.secrets()))
			.map((refusal) -> new Reply.Refused(at.sent(), at.home(), refusal));
	}

	/** To a client, too, only what leads to a registry's content may be shown. */
	private UpstreamAnswer passedOn(Stop at) {
		if (at.secrets().areInHeader(at.location())) {
			throw new UpstreamException.InvalidAnswer(
					this.upstream.name() + " redirects with our own credential in the URL: it was not passed on");
		}
		Url next = target(at);
		if (at.url().origin().isSecure() && !next.origin().isSecure()) {
			throw new UpstreamException.ForbiddenAddress(
					this.upstream.name() + " redirects from https to http: https is never left for http");
		}
		return at.reply();
	}

	/** Every message names the host that is asked. */
	private Url target(Stop at) {
		Url target = resolved(at);
		if (!target.origin().equals(at.url().origin()) && at.secrets().areInHeader(target.origin().host())) {
			throw new UpstreamException.InvalidAnswer(this.upstream.name()
					+ " redirects to a host whose name repeats our own credential: it isn't followed");
		}
		return target;
	}

	private Url resolved(Stop at) {
		try {
			return at.url().resolve(at.location());
		}
		catch (IllegalArgumentException ex) {
			throw new UpstreamException.InvalidAnswer(this.upstream.name() + " redirects to what is no URL ("
					+ ex.getMessage() + "): " + withoutSecrets(at));
		}
	}

	/** Nothing of ours, nor of its query or of a login in it. */
	private static String withoutSecrets(Stop stop) {
		String location = stop.location();
		int end = location.length();
		for (char mark : new char[] { '?', '#' }) {
			int at = location.indexOf(mark);
			end = (at >= 0) ? Math.min(end, at) : end;
		}
		boolean cutInLogin = location.indexOf('@', end) >= 0;
		return (cutInLogin || stop.secrets().areIn(location)) ? SentSecrets.REDACTED
				: Printable.withoutLogin(location.substring(0, end));
	}

	/**
	 * A place on its way.
	 *
	 * @param sent what was sent
	 * @param url where
	 * @param home whether it is the endpoint, and no other host was asked before
	 * @param answer what is answered there
	 */
	private record Stop(Sent sent, Url url, boolean home, Answer answer) {

		UpstreamAnswer reply() {
			return new UpstreamAnswer(this.sent, this.url, this.home, this.answer);
		}

		SentSecrets secrets() {
			return this.sent.secrets();
		}

		String location() {
			return this.answer.header(HttpHeaderNames.LOCATION).orElseThrow();
		}

		Referrer referrer() {
			return new Referrer(this.url.origin(), this.answer.reach(), !this.home);
		}

	}

}
