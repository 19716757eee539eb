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

	private final SentLogins sent;

	RedirectFollower(Upstream upstream, Transport transport, RememberingAuthorizer authorizer) {
		this.upstream = upstream;
		this.transport = transport;
		this.authorizer = authorizer;
		this.sent = new SentLogins(upstream);
	}

	/**
	 * Sends a request to the endpoint.
	 * @param request what is asked
	 * @param login as whom
	 * @param authorization what to send there
	 * @return what came at the end
	 */
	Mono<Reply> send(UpstreamRequest request, Login login, Authorization authorization) {
		Sent sent = new Sent(request, login, authorization, this.sent.secrets(login, authorization));
		Url url = this.upstream.endpoint().resolve(request.path());
		return this.transport.send(sent.to(url, sent.homeHeaders()))
			.flatMap((answer) -> follow(sent, sent.at(url, true, answer), LIMIT));
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

	private Mono<Reply> follow(Sent sent, Stop at, int left) {
		if (!isRedirect(at.answer().status(), at.answer().headers())) {
			return RegistryRefusal.isOne(at.answer().status()) ? read(sent, at).cast(Reply.class)
					: Mono.just(at.reply());
		}
		if (sent.request().isBlob() && this.upstream.redirects() == Upstream.RedirectPolicy.PASS) {
			return Mono.<Reply>fromSupplier(() -> passedOn(at)).doOnError((_) -> at.answer().release());
		}
		at.answer().release();
		if (left == 0) {
			return Mono.error(new UpstreamException.InvalidAnswer(
					this.upstream.name() + " redirects more than " + LIMIT + " times"));
		}
		return Mono.fromSupplier(() -> target(at)).flatMap((next) -> goOn(sent, at, next, left - 1));
	}

	private Mono<Reply> goOn(Sent sent, Stop from, Url next, int left) {
		boolean home = from.home() && next.origin().equals(this.upstream.endpoint());
		OutboundRequest request = sent.to(next, home ? sent.homeHeaders() : sent.request().headers());
		return this.transport.sendTo(request, from.referrer())
			.map((answer) -> sent.at(next, home, answer))
			.flatMap((at) -> (!home && at.answer().status() == 401) ? asNobody(sent, from, at, left)
					: follow(sent, at, left));
	}

	/** No credential of the registry's belongs there. */
	private Mono<Reply> asNobody(Sent sent, Stop from, Stop at, int left) {
		return read(sent, at).flatMap((refused) -> this.authorizer.answerAsNobody(refused.refusal())
			.flatMap((token) -> this.transport.sendTo(sent.to(at.url(), token.addedTo(sent.request().headers())),
					from.referrer()))
			.flatMap((answer) -> follow(sent, sent.at(at.url(), false, answer), left))
			.defaultIfEmpty(refused));
	}

	private Mono<Reply.Refused> read(Sent sent, Stop at) {
		Answer answer = at.answer();
		return RegistryError.soon(answer.bytes(RegistryError.BODY_LIMIT))
			.map((body) -> RegistryError.read(body, at.secrets()))
			.map((error) -> RegistryRefusal.of(answer.status(), answer.headers(), error, at.referrer(), at.secrets()))
			.map((refusal) -> new Reply.Refused(refusal, at.home(), sent.authorization()));
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
	 * A request under way.
	 *
	 * @param request what is asked
	 * @param login as whom
	 * @param authorization what is shown at the endpoint
	 * @param secrets all that nobody may repeat of it
	 */
	private record Sent(UpstreamRequest request, Login login, Authorization authorization, SentSecrets secrets) {

		HttpHeaders homeHeaders() {
			HttpHeaders headers = this.request.headers().copy();
			this.login.headers().forEach(headers::set);
			return this.authorization.addedTo(headers);
		}

		Stop at(Url url, boolean home, Answer answer) {
			return new Stop(url, home, answer, this.secrets);
		}

		OutboundRequest to(Url url, HttpHeaders headers) {
			return OutboundRequest.of(this.request.method(), url, headers);
		}

	}

	/**
	 * A place on its way.
	 *
	 * @param url where
	 * @param home whether it is the endpoint, and no other host was asked before
	 * @param answer what is answered there
	 * @param secrets what was shown on the way
	 */
	private record Stop(Url url, boolean home, Answer answer, SentSecrets secrets) {

		UpstreamAnswer reply() {
			return new UpstreamAnswer(this.answer, this.url, this.home, this.secrets);
		}

		String location() {
			return this.answer.header(HttpHeaderNames.LOCATION).orElseThrow();
		}

		Referrer referrer() {
			return new Referrer(this.url.origin(), this.answer.reach(), !this.home);
		}

	}

}
