package dev.sluice.upstream;

import java.util.Locale;
import java.util.Optional;

import dev.sluice.credential.Credential;
import dev.sluice.credential.Login;
import dev.sluice.oci.MediaTypes;
import dev.sluice.oci.RegistryException;
import dev.sluice.token.RegistryError;
import dev.sluice.token.RetryAfter;
import dev.sluice.transport.Answer;
import io.netty.handler.codec.http.HttpHeaderNames;
import reactor.core.publisher.Mono;

/**
 * Tells a good answer from a bad one, and says what the bad one means. Thread-safe.
 */
final class StatusCheck {

	private final Upstream upstream;

	StatusCheck(Upstream upstream) {
		this.upstream = upstream;
	}

	/**
	 * Lets a good answer pass.
	 * @param request what was asked
	 * @param reply what came back
	 * @return the answer; a {@link RegistryException} for any other, which is released
	 */
	Mono<Answer> check(UpstreamRequest request, AuthorizedCaller.Reply reply) {
		Answer answer = reply.answer();
		int status = answer.status();
		if (status == 200 || status == 206) {
			return checkBody(answer);
		}
		if (RedirectFollower.isRedirect(answer)) {
			return Mono.just(answer);
		}
		return answer.bytes(RegistryError.BODY_LIMIT)
			.onErrorReturn(RegistryException.class, new byte[0])
			.defaultIfEmpty(new byte[0])
			.map((body) -> RegistryError.read(body, dev.sluice.token.Authorization.NONE.secretsOf(reply.login())))
			.flatMap((error) -> Mono.error(() -> failure(request, reply, error)));
	}

	private Mono<Answer> checkBody(Answer answer) {
		Optional<String> encoding = answer.header(HttpHeaderNames.CONTENT_ENCODING)
			.filter((value) -> !value.equalsIgnoreCase("identity"));
		if (encoding.isPresent()) {
			return invalid(answer, "encodes its answer (" + encoding.get() + ") though asked not to");
		}
		boolean page = answer.header(HttpHeaderNames.CONTENT_TYPE)
			.map(MediaTypes::withoutParameters)
			.filter("text/html"::equalsIgnoreCase)
			.isPresent();
		return page ? invalid(answer, "answers with an HTML page: is there a login page or a proxy in the way?")
				: Mono.just(answer);
	}

	private Mono<Answer> invalid(Answer answer, String what) {
		answer.release();
		return Mono.error(new RegistryException.InvalidAnswer(this.upstream.name() + " " + what));
	}

	private RegistryException failure(UpstreamRequest request, AuthorizedCaller.Reply reply, RegistryError error) {
		Answer answer = reply.answer();
		Login login = reply.login();
		int status = answer.status();
		String said = this.upstream.name() + " answered " + status + (error.toString().isEmpty() ? "" : " " + error);
		if (isLoginExpired(reply, error)) {
			return new RegistryException.CredentialRejected(denied(request, login, said) + "; log in again");
		}
		return switch (status) {
			case 401 -> isLoginRefused(reply)
					? new RegistryException.CredentialRejected(denied(request, login, said) + "; log in again")
					: new RegistryException.AccessDenied(denied(request, login, said));
			case 403 -> new RegistryException.AccessDenied(denied(request, login, said));
			case 404, 410 -> new RegistryException.NotFound(error.code().orElse(unknownCode(request)), said);
			case 400 -> new RegistryException.RefusedAsMalformed(error.code().orElse("UNKNOWN"), said);
			case 416 -> new RegistryException.RangeNotSatisfiable(said, answer.header(HttpHeaderNames.CONTENT_RANGE));
			case 429 -> new RegistryException.TooManyRequests(said + limited(login), RetryAfter.of(answer.headers()));
			default -> (status >= 500) ? new RegistryException.UpstreamFailed(said)
					: new RegistryException.InvalidAnswer(said);
		};
	}

	/**
	 * A login presented as Basic and answered by a challenge for Basic again is a wrong
	 * one.
	 */
	private static boolean isLoginRefused(AuthorizedCaller.Reply reply) {
		return reply.home() && reply.login().credential() instanceof Credential.Basic
				&& reply.answer()
					.header(HttpHeaderNames.WWW_AUTHENTICATE)
					.filter((challenge) -> challenge.regionMatches(true, 0, "Basic", 0, "Basic".length()))
					.isPresent();
	}

	/** ECR says so with 400 or 403, as of an image that one may not have. */
	private static boolean isLoginExpired(AuthorizedCaller.Reply reply, RegistryError error) {
		return reply.home() && reply.answer().status() < 404 && reply.login().credential() instanceof Credential.Basic
				&& error.message().toLowerCase(Locale.ROOT).contains("authorization token has expired");
	}

	private String denied(UpstreamRequest request, Login login, String said) {
		String what = (request.repository() != null) ? " for " + request.repository() : "";
		String who = login.isAnonymous() ? "no credential is known for " + this.upstream.loginHost()
				+ ": log in to it, or the image doesn't exist" : "asked as " + login.source();
		return said + what + "; " + who;
	}

	private static String limited(Login login) {
		return login.isAnonymous() ? "; asked without a credential, with one the limit may be higher" : "";
	}

	private static String unknownCode(UpstreamRequest request) {
		return switch (request.operation()) {
			case PULL -> request.isBlob() ? "BLOB_UNKNOWN" : "MANIFEST_UNKNOWN";
			case TAGS, CATALOG -> "NAME_UNKNOWN";
			case REFERRERS -> "UNSUPPORTED";
		};
	}

}
