package dev.sluice.upstream;

import java.util.Optional;

import dev.sluice.credential.Login;
import dev.sluice.oci.ContentRange;
import dev.sluice.oci.CredentialException;
import dev.sluice.oci.ErrorCode;
import dev.sluice.oci.OverloadException;
import dev.sluice.oci.RegistryException;
import dev.sluice.oci.RequestException;
import dev.sluice.oci.UpstreamException;
import dev.sluice.token.Authorization;
import dev.sluice.token.RegistryError;
import dev.sluice.token.RetryAfter;
import dev.sluice.transport.Origin;
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
	 * @param login as whom
	 * @param reply what came back
	 * @return the answer; {@link HeadRefused} for a HEAD that is to be repeated; a
	 * {@link RegistryException} for any other, which is released
	 */
	Mono<UpstreamAnswer> check(UpstreamRequest request, Login login, Reply reply) {
		return switch (reply) {
			case Reply.Refused _ when request.isHead() -> Mono.error(new HeadRefused());
			case Reply.Refused refused -> Mono.error(() -> told(request, refusal(request, login, refused), 0));
			case UpstreamAnswer answer -> check(request, login, answer).onErrorMap(RegistryException.class,
					(failure) -> told(request, failure, answer.status()));
		};
	}

	/** Each registry without a list of referrers says so in its own way. */
	private static RegistryException told(UpstreamRequest request, RegistryException failure, int status) {
		boolean none = failure instanceof UpstreamException.InvalidAnswer
				|| failure instanceof RequestException.RefusedAsMalformed || status == 501;
		return (none && request.kind() == UpstreamRequest.Kind.REFERRERS) ? new RequestException.NotFound(
				ErrorCode.UNSUPPORTED, failure.getMessage() + ": it seems to have no list of referrers") : failure;
	}

	private Mono<UpstreamAnswer> check(UpstreamRequest request, Login login, UpstreamAnswer answer) {
		int status = answer.status();
		if (status == 200 || status == 206) {
			return request.isHead() ? checkHead(request, answer) : checkBody(request, answer);
		}
		if (RedirectFollower.isRedirect(status, answer.headers())) {
			return Mono.just(answer);
		}
		if (request.isHead() && isHint(request, status)) {
			return refused(answer);
		}
		return RegistryError.soon(answer.bytes(RegistryError.BODY_LIMIT))
			.map((body) -> RegistryError.read(body, answer.secrets()))
			.flatMap((error) -> Mono.error(() -> failure(request, login, answer, error)));
	}

	/**
	 * Whether a HEAD's status may be about HEAD alone, and not about what was asked for:
	 * any but that it isn't there, that it has no such part, and that there are too many
	 * requests.
	 */
	private static boolean isHint(UpstreamRequest request, int status) {
		return switch (status) {
			case 404, 410, 429 -> false;
			case 416 -> request.range().isEmpty();
			default -> true;
		};
	}

	/** A coding, or a part that nobody asked for, may be HEAD's alone. */
	private static Mono<UpstreamAnswer> checkHead(UpstreamRequest request, UpstreamAnswer answer) {
		return fault(request, answer).isPresent() ? refused(answer) : Mono.just(answer);
	}

	private static Mono<UpstreamAnswer> refused(UpstreamAnswer head) {
		head.release();
		return Mono.error(new HeadRefused());
	}

	private Mono<UpstreamAnswer> checkBody(UpstreamRequest request, UpstreamAnswer answer) {
		return fault(request, answer).map((what) -> invalid(answer, what)).orElseGet(() -> Mono.just(answer));
	}

	private static Optional<String> fault(UpstreamRequest request, UpstreamAnswer answer) {
		return ContentCodings.real(answer.headers().getAll(HttpHeaderNames.CONTENT_ENCODING))
			.map((coding) -> "encodes its answer (" + answer.shown(coding) + ") though asked not to")
			.or(() -> page(request, answer))
			.or(() -> RangeCheck.fault(request.range(), answer));
	}

	/** Of contents the type alone says nothing: they are checked by their digest. */
	private static Optional<String> page(UpstreamRequest request, UpstreamAnswer answer) {
		return Optional.of("answers with an HTML page: is there a login page or a proxy in the way?")
			.filter((_) -> !request.isManifest() && !request.isBlob() && answer.isPage());
	}

	private Mono<UpstreamAnswer> invalid(UpstreamAnswer answer, String what) {
		answer.release();
		return Mono.error(new UpstreamException.InvalidAnswer(this.upstream.name() + " " + what));
	}

	/**
	 * A rejected login was found out before ({@link PresentedLogins}), so that a refusal
	 * here is a denial, unless the registry says that the login has expired.
	 */
	private RegistryException refusal(UpstreamRequest request, Login login, Reply.Refused refused) {
		RegistryError error = refused.refusal().error();
		String said = said(refused.home(), refused.refusal().from().origin(), refused.refusal().words());
		if (refused.saysLoginIsBad(login)) {
			return new CredentialException.CredentialRejected(
					denied(request, login, refused, said) + "; " + login.remedy());
		}
		if (refused.refusal().status() != 400) {
			return new CredentialException.AccessDenied(denied(request, login, refused, said));
		}
		return refused.home() ? new RequestException.RefusedAsMalformed(error.code().orElse("UNKNOWN"), said)
				: new UpstreamException.InvalidAnswer(said);
	}

	private RegistryException failure(UpstreamRequest request, Login login, UpstreamAnswer answer,
			RegistryError error) {
		int status = answer.status();
		String said = said(answer.isHome(), answer.origin(), (status + " " + error).strip());
		return switch (status) {
			case 404, 410 -> new RequestException.NotFound(error.code().orElse(request.kind().unknown()), said);
			case 416 -> request.range().isPresent() ? new RequestException.RangeNotSatisfiable(said, extent(answer))
					: new UpstreamException.InvalidAnswer(said + " when asked for all of it");
			case 429 -> new OverloadException.TooManyRequests(said + limited(login), RetryAfter.of(answer.headers()));
			default -> (status >= 500) ? new UpstreamException.UpstreamFailed(said)
					: new UpstreamException.InvalidAnswer(said);
		};
	}

	private static Optional<ContentRange.Unsatisfied> extent(UpstreamAnswer answer) {
		return answer.header(HttpHeaderNames.CONTENT_RANGE).flatMap(ContentRange::parseUnsatisfied);
	}

	/**
	 * Names the host that a registry redirects to: its faults are for somebody else to
	 * mend.
	 */
	private String said(boolean home, Origin origin, String words) {
		return this.upstream.name() + (home ? "" : " redirected to " + origin + ", which") + " answered " + words;
	}

	private String denied(UpstreamRequest request, Login login, Reply.Refused refused, String said) {
		String what = (request.repository() != null) ? " for " + request.repository() : "";
		return said + what + "; "
				+ (refused.home() ? who(login, refused.sent()) : "no login is sent where a registry redirects to");
	}

	private String who(Login login, Authorization sent) {
		if (login.isAnonymous()) {
			return "no credential is known for " + this.upstream.loginHost()
					+ ": log in to it, or the image doesn't exist";
		}
		return sent.equals(Authorization.NONE) ? "asked as nobody, since " + login.source() + " wasn't asked for"
				: "asked as " + login.source();
	}

	private static String limited(Login login) {
		return login.isAnonymous() ? "; asked without a credential, with one the limit may be higher" : "";
	}

	/** A HEAD that was refused: it says nothing, and is asked by GET before it counts. */
	static final class HeadRefused extends RuntimeException {

		HeadRefused() {
			super("HEAD refused", null, false, false);
		}

	}

}
