package dev.sluice.upstream;

import java.util.Optional;
import java.util.Set;

import dev.sluice.credential.Login;
import dev.sluice.credential.Secret;
import dev.sluice.oci.Printable;
import dev.sluice.oci.RegistryException;
import dev.sluice.token.Authorization;
import dev.sluice.token.RedirectAuthorizer;
import dev.sluice.transport.Answer;
import dev.sluice.transport.OutboundRequest;
import dev.sluice.transport.Transport;
import dev.sluice.transport.Url;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import reactor.core.publisher.Mono;

/**
 * Sends a request and follows its redirects (RFC 9110, 15.4), five at most. The
 * authorization and the login's headers go to the endpoint's own origin alone.
 * Thread-safe.
 */
final class RedirectFollower {

	private static final int LIMIT = 5;

	private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

	private final Upstream upstream;

	private final Transport transport;

	private final RedirectAuthorizer redirectAuthorizer;

	RedirectFollower(Upstream upstream, Transport transport, RedirectAuthorizer redirectAuthorizer) {
		this.upstream = upstream;
		this.transport = transport;
		this.redirectAuthorizer = redirectAuthorizer;
	}

	/**
	 * Sends a request to the endpoint.
	 * @param request what is asked
	 * @param login as whom
	 * @param authorization what to send there
	 * @return the last hop
	 */
	Mono<Hop> send(UpstreamRequest request, Login login, Authorization authorization) {
		Url url = this.upstream.endpoint().resolve(request.path());
		Journey journey = new Journey(request, login, authorization);
		return this.transport.send(journey.requestTo(url)).flatMap((answer) -> follow(journey, url, answer, LIMIT));
	}

	/**
	 * Whether an answer leads elsewhere.
	 * @param answer any answer
	 * @return whether its status is a redirect's and it says whereto
	 */
	static boolean isRedirect(Answer answer) {
		return REDIRECTS.contains(answer.status()) && answer.header(HttpHeaderNames.LOCATION).isPresent();
	}

	private Mono<Hop> follow(Journey journey, Url at, Answer answer, int left) {
		boolean passedOn = journey.request().isBlob() && this.upstream.redirects() == Upstream.RedirectPolicy.PASS;
		if (!isRedirect(answer)) {
			return Mono.just(new Hop(answer, isHome(at)));
		}
		if (passedOn) {
			return passOn(at, answer);
		}
		answer.release();
		if (left == 0) {
			return Mono.error(new RegistryException.InvalidAnswer(
					this.upstream.name() + " redirects more than " + LIMIT + " times"));
		}
		return Mono.fromSupplier(() -> resolve(at, answer.header(HttpHeaderNames.LOCATION).orElseThrow()))
			.flatMap((next) -> hop(journey, at, answer, next)
				.flatMap((reached) -> follow(journey, next, reached, left - 1)));
	}

	/** To a client, too, only what leads to a registry's content may be shown. */
	private Mono<Hop> passOn(Url at, Answer answer) {
		return Mono.fromSupplier(() -> resolve(at, answer.header(HttpHeaderNames.LOCATION).orElseThrow()))
			.doOnError((ex) -> answer.release())
			.map((next) -> {
				if (at.origin().isSecure() && !next.origin().isSecure()) {
					answer.release();
					throw new RegistryException.ForbiddenAddress(
							this.upstream.name() + " redirects from https to http: https is never left for http");
				}
				return new Hop(answer, isHome(at));
			});
	}

	private Mono<Answer> hop(Journey journey, Url at, Answer redirect, Url next) {
		Transport.Referrer from = new Transport.Referrer(at.origin(), redirect.reach());
		OutboundRequest request = journey.requestTo(next);
		Mono<Answer> reached = this.transport.sendTo(request, from);
		return isHome(next) ? reached : reached.flatMap(
				(answer) -> (answer.status() == 401) ? answerAnonymously(request, from, answer) : Mono.just(answer));
	}

	private Mono<Answer> answerAnonymously(OutboundRequest request, Transport.Referrer from, Answer challenge) {
		return this.redirectAuthorizer.answer(request.url().origin(), Authorization.NONE, challenge)
			.doOnError((ex) -> challenge.release())
			.doOnCancel(challenge::release)
			.flatMap((authorization) -> {
				challenge.release();
				HttpHeaders headers = request.headers().copy();
				authorization.value().ifPresent((value) -> headers.set(HttpHeaderNames.AUTHORIZATION, value.reveal()));
				return this.transport.sendTo(OutboundRequest.of(request.method(), request.url(), headers), from);
			})
			.switchIfEmpty(Mono.just(challenge));
	}

	private Url resolve(Url at, String location) {
		try {
			return at.resolve(location);
		}
		catch (IllegalArgumentException ex) {
			throw new RegistryException.InvalidAnswer(this.upstream.name() + " redirects to what is no URL ("
					+ ex.getMessage() + "): " + withoutSecrets(location));
		}
	}

	private static String withoutSecrets(String location) {
		return Printable.of(location.replaceFirst("[?#].*", "").replaceFirst("//[^/]*@", "//"));
	}

	private boolean isHome(Url url) {
		return url.origin().equals(this.upstream.endpoint());
	}

	/**
	 * Where a journey ended.
	 *
	 * @param answer what was answered there
	 * @param home whether the endpoint's own origin answered
	 */
	record Hop(Answer answer, boolean home) {

		boolean isChallengeOfEndpoint() {
			return this.home && this.answer.status() == 401;
		}

	}

	private final class Journey {

		private final UpstreamRequest request;

		private final Login login;

		private final Optional<Secret> authorization;

		Journey(UpstreamRequest request, Login login, Authorization authorization) {
			this.request = request;
			this.login = login;
			this.authorization = authorization.value();
		}

		UpstreamRequest request() {
			return this.request;
		}

		OutboundRequest requestTo(Url url) {
			HttpHeaders headers = this.request.headers().copy();
			if (isHome(url)) {
				this.login.headers().forEach(headers::set);
				this.authorization.ifPresent((value) -> headers.set(HttpHeaderNames.AUTHORIZATION, value.reveal()));
			}
			return OutboundRequest.of(this.request.method(), url, headers);
		}

	}

}
